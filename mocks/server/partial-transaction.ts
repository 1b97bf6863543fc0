import type { Bundle, BundleEntry } from 'fhir/r4';
import { type RequestEntry, runBatch } from './bundle.ts';
import type { Session } from './interactions.ts';
import { withReferences } from './references.ts';

/**
 * A transaction of a server that cannot undo: the entries as they stand, each for itself, references to earlier ones
 * resolved. What fails is told in its place, and the rest stays written.
 */
export function runInPart(session: Session, entries: readonly RequestEntry[]): Bundle {
  const byUrn = new Map<string, string>();
  const answers = entries.map((entry): BundleEntry => {
    const body = withReferences(entry.body, (text) => byUrn.get(text));
    const [answer] = runBatch(session, [{ ...entry, body }], []).entry ?? [];
    const stored = answer?.resource;
    if (entry.fullUrl !== undefined && stored?.id !== undefined)
      byUrn.set(entry.fullUrl, `${stored.resourceType}/${stored.id}`);
    return answer ?? {};
  });
  return {
    resourceType: 'Bundle',
    type: 'transaction-response',
    ...(answers.length === 0 ? {} : { entry: answers }),
  };
}
