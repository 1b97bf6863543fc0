import { accessTo, ownRecords, requireAccess } from './access.ts';
import type { Answer, Session } from './interactions.ts';
import { invalid } from './outcome.ts';
import { BASE_PAGE_PARAMETER, PAGE_PARAMETER, pageToken, parsePageToken } from './paging.ts';
import { searchBundle, searchPage } from './search.ts';
import { parseQuery } from './search-query.ts';
import { isResourceType, type ResourceType } from './supported-types.ts';

/** Search by the parameters of a query or a form. */
export function search(session: Session, type: ResourceType, parameters: URLSearchParams): Answer {
  requireAccess('read', type, session.actor);
  const key = `${session.actor.reference} ${type}?${parameters}`;
  return session.recent.answer(key, session.fresh, () => searched(session, type, parameters));
}

function searched(session: Session, type: ResourceType, parameters: URLSearchParams): Answer {
  const page = parameters.get(PAGE_PARAMETER);
  if (page !== null && parameters.size > 1) throw invalid('A page link stands alone', PAGE_PARAMETER);
  const position = page === null ? undefined : parsePageToken(page);
  const asked = position === undefined ? parameters : new URLSearchParams(position.query);
  const own = ownRecords(type, session.actor);
  const query = parseQuery(type, own === undefined ? asked : [...asked, own], session);
  const found = searchPage(session, query, position?.after);
  const readable = found.includes.filter(
    ({ resourceType }) => isResourceType(resourceType) && accessTo(resourceType, session.actor) !== 'none',
  );
  const url = `${session.base}/${type}`;
  const text = asked.toString();
  const body = searchBundle(
    session.base,
    query,
    { ...found, includes: readable },
    {
      self: page === null ? `${url}${text === '' ? '' : `?${text}`}` : `${url}?${PAGE_PARAMETER}=${page}`,
      next:
        found.last === undefined
          ? undefined
          : nextUrl(session, type, pageToken({ query: text, after: found.last })),
    },
  );
  return { status: 200, body, version: undefined };
}

function nextUrl({ base, behaviour }: Session, type: ResourceType, token: string): string {
  if (behaviour.nextLink === 'base') return `${base}?${BASE_PAGE_PARAMETER}=${type}.${token}`;
  return `${base}/${type}?${PAGE_PARAMETER}=${token}`;
}

/** The page that a link of the base leads to. Throws 400 when it leads nowhere. */
export function basePage(session: Session, query: string): Answer {
  const [, type = '', token = ''] =
    /^(\w+)\.(.+)$/.exec(new URLSearchParams(query).get(BASE_PAGE_PARAMETER) ?? '') ?? [];
  if (!isResourceType(type)) throw invalid('Not a page of this server', BASE_PAGE_PARAMETER);
  return search(session, type, new URLSearchParams({ [PAGE_PARAMETER]: token }));
}
