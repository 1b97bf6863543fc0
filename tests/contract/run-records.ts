/** Everything that a run of the contract has made, found by its tag, and removed. */
import { searchRequest } from '#src/fhir/search.ts';
import type { ContractServer } from './contract-server.ts';

/** What the suite makes, what refers to others before what it refers to. */
const TYPES = [
  'Provenance',
  'Communication',
  'Task',
  'AdverseEvent',
  'Composition',
  'Observation',
  'Encounter',
  'Appointment',
  'CarePlan',
  'Condition',
  'Location',
  'Patient',
];

/** References hold a record back until what refers to it is gone, so more than one round may be needed. */
const ROUNDS = 3;

/** Removes what carries the run's tag, whatever of the run has failed. Throws with what is left. */
export async function removeAll(server: ContractServer): Promise<void> {
  let left: readonly string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    left = await recordsOf(server);
    for (const reference of left) await server.plain('DELETE', reference);
    if (left.length === 0) return;
  }
  left = await recordsOf(server);
  if (left.length > 0) throw new Error(`Left on the server: ${left.join(', ')}`);
}

async function recordsOf({ client, tag }: ContractServer): Promise<readonly string[]> {
  const found: string[] = [];
  for (const type of TYPES) {
    const { matches } = await client.searchAll(searchRequest(type, { _tag: tag, _count: 100 }));
    // A server that does not know `_tag` gives everything: only what carries the tag is the run's.
    const own = matches.filter((match) =>
      JSON.stringify(match.meta).includes(JSON.stringify(tag.split('|')[1])),
    );
    found.push(...own.map(({ id }) => `${type}/${id}`));
  }
  return found;
}
