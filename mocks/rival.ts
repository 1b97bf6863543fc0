/** Somebody else who edits the record that one is about to save: the scenario `conflict`. */
import type { Provenance, Resource } from 'fhir/r4';
import * as z from 'zod/mini';
import type { FhirServer } from '#mocks/server/server.ts';
import type { StoredVersion } from '#mocks/server/store.ts';

interface RivalParts {
  readonly fhirBase: string;
  readonly now: () => Temporal.Instant;
  readonly newId: () => string;
  /** Learns of what the rival wrote. */
  readonly onWrite: (version: StoredVersion) => void;
}

const RIVAL = { reference: 'Practitioner/fournier', display: 'Luc Fournier' };

const bundleSchema = z.object({
  entry: z.array(
    z.object({
      request: z.object({ method: z.string(), url: z.string(), ifMatch: z.optional(z.string()) }),
    }),
  ),
});

const phonesSchema = z.array(
  z.looseObject({ system: z.optional(z.string()), value: z.optional(z.string()) }),
);

/** An editor who is a moment faster, once per record: after that one can save. */
export function createRival(parts: RivalParts) {
  const met = new Set<string>();

  function edit(server: FhirServer, address: string): void {
    if (met.has(address)) return;
    const [type, id] = address.split('/');
    const resource = [...server.all()].find((one) => one.resourceType === type && one.id === id);
    if (type === undefined || id === undefined || resource === undefined) return;
    met.add(address);
    const lastUpdated = parts.now().toString({ fractionalSecondDigits: 3 });
    const write = (
      written: Resource,
      of: { readonly type: string; readonly id: string },
      versionId: number,
    ) => {
      const meta = { ...written.meta, versionId: String(versionId), lastUpdated };
      const version = { ...of, versionId, lastUpdated, resource: { ...written, id: of.id, meta } };
      server.apply(version);
      parts.onWrite(version);
    };
    const next = Number(resource.meta?.versionId ?? 1) + 1;
    write(edited(resource), { type, id }, next);
    const provenance: Provenance = {
      resourceType: 'Provenance',
      target: [{ reference: `${address}/_history/${next}` }],
      recorded: lastUpdated,
      agent: [{ who: RIVAL }],
    };
    write(provenance, { type: 'Provenance', id: parts.newId() }, 1);
  }

  return {
    /** Edits what a request is about to write over a version that it names. */
    async meet(request: Request, server: FhirServer): Promise<void> {
      const path = new URL(request.url).href.slice(parts.fhirBase.length + 1).replace(/\?.*$/s, '');
      if (request.headers.has('If-Match')) return edit(server, path);
      if (request.method !== 'POST' || path !== '') return;
      const bundle = bundleSchema.safeParse(await jsonOf(request.clone()));
      for (const entry of bundle.data?.entry ?? []) {
        if (entry.request.ifMatch !== undefined) edit(server, entry.request.url);
      }
    },
    /** From now on every record may be met again. */
    forget: () => met.clear(),
  };
}

/** A patient has another phone number; any other record is saved as it was. */
function edited(resource: Resource): Resource {
  const phones = phonesSchema.safeParse(Reflect.get(resource, 'telecom')).data;
  const first = phones?.findIndex(({ system }) => system === 'phone') ?? -1;
  if (resource.resourceType !== 'Patient' || phones === undefined || first < 0) return resource;
  const telecom = phones.map((phone, index) =>
    index === first ? { ...phone, value: phone.value?.replace(/\d{2}$/, otherEnd) } : phone,
  );
  return Object.assign(structuredClone(resource), { telecom });
}

function otherEnd(end: string): string {
  return end === '87' ? '78' : '87';
}

async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}
