/** Why the server refused, in words that are alike for alike reasons and repeat nothing that was sent. */
import { readIssues } from '#src/fhir/error.ts';
import type { ServerAnswer } from './server-connection.ts';

/** The reason of an answer that is no success. */
export function answeredReason({ status, body }: Pick<ServerAnswer, 'status' | 'body'>): string {
  return reasonOf(status, body);
}

/** The reason of a status with what may be an OperationOutcome. */
export function reasonOf(status: number, outcome: unknown): string {
  const first = readIssues(outcome).find(({ severity }) => ['error', 'fatal'].includes(severity));
  if (first === undefined) return `The server answered ${status}`;
  const place = first.expression.findLast((path) => !path.startsWith('Bundle'));
  const where = place === undefined ? '' : ` at ${place.replaceAll(/\[\d+\]/g, '')}`;
  return `${status} ${masked(first.text)}${where}`;
}

/** What is quoted, ids and longer numbers may be of a patient, and would make every reason another one. */
function masked(text: string): string {
  return text
    .replaceAll(/"[^"]*"/g, '"…"')
    .replaceAll(/(?<![\w'])'[^']*'(?!\w)/g, "'…'")
    .replaceAll(/\b([A-Z][A-Za-z]+)\/[\w.-]+(\/_history\/\w+)?/g, '$1/…')
    .replaceAll(/\b[\da-f]{8}-[\da-f-]{27}\b/gi, '…')
    .replaceAll(/\d[\d:.T-]{3,}/g, '…');
}
