/** Creates, and what makes one happen once however often it is asked for. */
import { FhirError } from './error.ts';
import type { ServerCapabilities } from './profile.ts';
import type { FhirReader } from './reading.ts';
import type { RawResource, WritableResource } from './resource.ts';
import { type Exchange, type RequestOptions, type Transport, unexpectedAnswer } from './transport.ts';

export interface CreateOptions extends RequestOptions {
  /** An encoded search (`encodeQuery`): a resource that it finds is the answer, and nothing is created. */
  readonly ifNoneExist?: string | undefined;
}

export const WRITE_HEADERS = { Prefer: 'return=representation' };

/**
 * The create of a client. On a server that does not heed `If-None-Exist` a search comes first, and creates of the same
 * condition that are asked for at the same time are one.
 */
export function createCreator(
  transport: Transport,
  { conditionalCreate }: ServerCapabilities,
  searchPage: FhirReader['searchPage'],
) {
  const underWay = new Map<string, Promise<RawResource>>();

  async function post(
    resource: WritableResource,
    { ifNoneExist, signal }: CreateOptions,
  ): Promise<RawResource> {
    const type = resource.resourceType;
    const exchange: Exchange = {
      method: 'POST',
      path: type,
      headers: ifNoneExist === undefined ? WRITE_HEADERS : { ...WRITE_HEADERS, 'If-None-Exist': ifNoneExist },
      body: JSON.stringify(resource),
      repeatable: ifNoneExist !== undefined,
      signal,
    };
    const answer = await transport.send(exchange);
    if (answer.resource?.resourceType === type) return answer.resource;
    // Some servers answer a conditional create that found something with nothing.
    if (!answer.resource && ifNoneExist !== undefined) {
      const [found] = await matchesOf(type, ifNoneExist, signal);
      if (found) return found;
    }
    throw unexpectedAnswer(exchange, type, answer);
  }

  async function searchThenPost(
    resource: WritableResource,
    ifNoneExist: string,
    signal: AbortSignal | undefined,
  ): Promise<RawResource> {
    const path = resource.resourceType;
    const [found, another] = await matchesOf(path, ifNoneExist, signal);
    if (another) {
      const sentence = 'More than one record is what was to be created once';
      throw new FhirError('conflict', { method: 'POST', path, sentence });
    }
    return found ?? post(resource, { signal });
  }

  async function matchesOf(
    type: string,
    condition: string,
    signal: AbortSignal | undefined,
  ): Promise<readonly RawResource[]> {
    const { matches } = await searchPage({ type, params: [...new URLSearchParams(condition)] }, { signal });
    return matches;
  }

  return async (resource: WritableResource, options: CreateOptions = {}): Promise<RawResource> => {
    const { ifNoneExist, signal } = options;
    if (ifNoneExist === undefined || conditionalCreate) return post(resource, options);
    const key = `${resource.resourceType}?${ifNoneExist}`;
    const making =
      underWay.get(key) ?? searchThenPost(resource, ifNoneExist, signal).finally(() => underWay.delete(key));
    underWay.set(key, making);
    return making;
  };
}
