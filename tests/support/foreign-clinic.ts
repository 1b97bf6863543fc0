import { listen } from '../../mocks/listen.ts';
import { seedCommand } from '../../scripts/seed/seed-command.ts';
import { expect, test as base } from './clinic-fixture.ts';
import { NOW } from './clinic-day.ts';
import { foreignExport } from './foreign-records.ts';

/** A clinic that holds nothing but what another system exported. */
export const test = base.extend({
  clinic: [
    async ({}, use) => {
      const clinic = await listen({ port: 0, patients: 0, now: () => NOW });
      const said: string[] = [];
      const exitCode = await seedCommand({
        args: ['--base', `${clinic.origin}/fhir/R4`, '--from', await foreignExport()],
        environment: {},
        fetch,
        print: (text) => said.push(text),
        note: (text) => said.push(text),
        isTerminal: false,
        now: () => NOW.epochMilliseconds,
      });
      if (exitCode !== 0) throw new Error(said.join(''));
      await use(clinic);
      await clinic.close();
    },
    { scope: 'worker' },
  ],
});

export { expect };
