/**
 * Failures on demand, so that people and tests can see what the application makes of them. Two ways to ask:
 *
 * - a scenario, for every answer of the FHIR server (never of the identity provider), until it is changed;
 * - a word in the data, for what carries it: the URL, the form of a search, a written resource, one entry of a batch
 *   (only that entry fails), or the family name of the patient whose record a request is about: read by id, searched
 *   by this one patient, or written. A list in which the patient is a row among others does not fail. Case does not
 *   count. With `-once` at its end the same request fails the first time only.
 *
 * | Word                         | Scenario  | What happens                                                          |
 * |------------------------------|-----------|-----------------------------------------------------------------------|
 * | Fault-500, -502, -503, -504  | failing   | that status (503), OperationOutcome, nothing done                     |
 * | Fault-429                    | throttled | 429 with Retry-After: 1 (the scenario: every other request)           |
 * | Fault-429-bare               |           | 429 without Retry-After                                               |
 * | Fault-401                    | expired   | 401, as for a token that has expired                                  |
 * | Fault-403                    | forbidden | 403                                                                   |
 * | Fault-404, -410              |           | not there, no longer there                                            |
 * | Fault-409, -412              |           | a conflict with the edit of somebody else, nothing done               |
 * | Fault-slow                   | slow      | the right answer, late                                                |
 * | Fault-offline                | offline   | no answer at all, nothing done                                        |
 * | Fault-html                   | html      | 200 with a page of HTML, nothing done                                 |
 * | Fault-half                   | cut-off   | done, but half of the answer is lost                                  |
 * | Fault-empty                  | empty     | done, but the answer has no body                                      |
 * |                              | conflict  | somebody else saves the same record a moment before, once per record  |
 *
 * An entry of a batch has no answer of its own that could be lost: the last four are 502 there, and nothing is done.
 */
export type Scenario =
  | 'normal'
  | 'slow'
  | 'failing'
  | 'throttled'
  | 'offline'
  | 'empty'
  | 'cut-off'
  | 'html'
  | 'forbidden'
  | 'expired'
  | 'conflict';

export type Fault = LostAnswer | { readonly kind: 'slow' };

/** The client does not get the right answer, however long it waits. */
export type LostAnswer =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds: number | undefined }
  | { readonly kind: 'offline' | 'html' | 'half' | 'empty' };

/** The state of the faults of one server. Change `scenario` at any time; the next request feels it. */
export interface Faults {
  scenario: Scenario;
  /** What the scenario does to the next request. */
  next(): Fault | undefined;
  /** The fault that a text asks for; `request` tells requests apart for `-once`. */
  find(text: string, request: string): Fault | undefined;
  /** The delay of a slow answer. */
  wait(): Promise<void>;
}

/** Thrown in place of an answer: the doors of the server turn it into a failure of the network. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
}

const WORD =
  /fault-(429-bare|(?:4(?:0[1349]|1[02]|29)|50[0234])|slow|offline|html|half|empty)(-once)?(?![\w-])/i;
const SLOW_MS = 3000;

/** `wait` resolves after that many milliseconds; tests give one that does not wait. */
export function createFaults({ wait }: { readonly wait: (milliseconds: number) => Promise<void> }): Faults {
  const spent = new Set<string>();
  let throttled = 0;
  return {
    scenario: 'normal',
    next() {
      switch (this.scenario) {
        case 'normal':
        // What happens in it comes from mocks/rival.ts, not from the server.
        case 'conflict':
          return undefined;
        case 'failing':
          return statusFault(503);
        case 'throttled':
          return throttled++ % 2 === 0 ? statusFault(429, 1) : undefined;
        case 'forbidden':
          return statusFault(403);
        case 'expired':
          return statusFault(401);
        case 'cut-off':
          return { kind: 'half' };
        case 'slow':
        case 'offline':
        case 'html':
        case 'empty':
          return { kind: this.scenario };
      }
    },
    find(text, request) {
      const [word = '', name = '', once] = WORD.exec(text) ?? [];
      if (word === '') return undefined;
      if (once !== undefined) {
        const key = `${request} ${word.toLowerCase()}`;
        if (spent.has(key)) return undefined;
        spent.add(key);
      }
      return namedFault(name.toLowerCase());
    },
    wait: () => wait(SLOW_MS),
  };
}

function namedFault(name: string): Fault {
  switch (name) {
    case 'slow':
    case 'offline':
    case 'html':
    case 'half':
    case 'empty':
      return { kind: name };
    case '429':
      return statusFault(429, 1);
    default:
      return statusFault(Number.parseInt(name, 10));
  }
}

function statusFault(status: number, retryAfterSeconds?: number): Fault {
  return { kind: 'status', status, retryAfterSeconds };
}
