import { token } from '#src/fhir/codes.ts';
import { anyOf, searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import { patientReferences } from '../patients/list-page.ts';
import { SCORE_KINDS } from './score-kind.ts';
import { SCORES } from './score-kinds.ts';

/** A patient's scores of every kind and weights, the newest first: also mistakes, which stay to be seen. */
export function scoresOf(patientId: string, count: number): SearchRequest {
  const tokens = SCORE_KINDS.flatMap((kind) =>
    SCORES[kind].codings.map(({ system, code }) => token(system, code)),
  );
  return searchRequest('Observation', {
    patient: patientReferences([patientId]),
    code: anyOf(tokens),
    _sort: '-date,_id',
    _count: count,
    _total: 'accurate',
  });
}
