import * as z from 'zod/mini';

const entriesSchema = z.object({ entry: z.array(z.object({ request: z.object({ method: z.string() }) })) });

/** Whether a request to the FHIR server cannot change anything: a read, a search by POST, a batch of reads. */
export async function readOnly(request: Request): Promise<boolean> {
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  if (request.method !== 'POST') return false;
  if (new URL(request.url).pathname.endsWith('/_search')) return true;
  try {
    const bundle = entriesSchema.parse(await request.clone().json());
    return bundle.entry.every((entry) => entry.request.method === 'GET');
  } catch {
    return false;
  }
}
