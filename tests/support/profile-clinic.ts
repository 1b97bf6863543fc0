/** The production build in front of a clinic whose server is like one product, configured for it. */
import { preview } from '../../scripts/preview.ts';
import { listen } from '../../mocks/listen.ts';
import type { ServerProfileName } from '../../mocks/server/behaviour.ts';
import { NOW } from './clinic-day.ts';

/** Two pages of them. */
export const PATIENTS = 60;

interface ProfileClinic {
  readonly site: string;
  close(): Promise<void>;
}

/** Starts both on ports of their own. */
export async function profileClinic(profile: ServerProfileName): Promise<ProfileClinic> {
  const clinic = await listen({ port: 0, now: () => NOW, patients: PATIENTS, profile });
  const site = await preview({ port: 0, dir: 'dist', config: `${clinic.origin}/config.json` });
  return {
    site: site.origin,
    async close() {
      await site.close();
      await clinic.close();
    },
  };
}
