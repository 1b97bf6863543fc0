/** Between Node's HTTP and the Request and Response of the web: bodies in one piece, CORS, compression. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const BODY_LIMIT_BYTES = 16 * 1024 * 1024;
/** Below this, compression saves nothing. */
const WORTH_BYTES = 860;

const ALLOWED_HEADERS =
  'Authorization, Content-Type, Accept, Prefer, If-Match, If-None-Match, If-None-Exist, X-Request-Id';
const EXPOSED_HEADERS = 'ETag, Location, Content-Location, X-Request-Id, Retry-After, WWW-Authenticate';

/** The request as the web knows it, or the answer to one that cannot be read. */
export async function toRequest(incoming: IncomingMessage, origin: string): Promise<Request | Response> {
  const { method = 'GET', url = '/' } = incoming;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    // Read to the end all the same: an answer to somebody who is still sending gets lost.
    if (length <= BODY_LIMIT_BYTES) chunks.push(bytes);
  }
  if (length > BODY_LIMIT_BYTES) {
    return new Response('The body is too large', { status: 413 });
  }
  try {
    const headers = new Headers();
    for (const [name, values] of Object.entries(incoming.headersDistinct)) {
      for (const value of values ?? []) headers.append(name, value);
    }
    const body = length === 0 || method === 'GET' || method === 'HEAD' ? {} : { body: Buffer.concat(chunks) };
    return new Request(`${origin}${url}`, { method, headers, ...body });
  } catch {
    return new Response('The request cannot be understood', { status: 400 });
  }
}

export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
      'access-control-allow-headers': ALLOWED_HEADERS,
      'access-control-max-age': '7200',
    },
  });
}

/** Headers that let a page of `origin` read the answer. No cookies: the tokens are in headers. */
export function allowOrigin(headers: Headers, origin: string | undefined): Headers {
  const allowed = new Headers(headers);
  allowed.append('vary', 'Origin');
  if (origin !== undefined) {
    allowed.set('access-control-allow-origin', origin);
    allowed.set('access-control-expose-headers', EXPOSED_HEADERS);
  }
  return allowed;
}

/** The body as it goes over the line, with the headers that say how. */
export async function encoded(
  response: Response,
  headers: Headers,
  accepted: string | string[] | undefined,
): Promise<Buffer> {
  const plain = Buffer.from(await response.arrayBuffer());
  headers.append('vary', 'Accept-Encoding');
  const encoding = plain.length < WORTH_BYTES ? undefined : encodingOf(String(accepted ?? ''));
  const body = encoding === undefined ? plain : await ENCODERS[encoding](plain);
  if (encoding !== undefined) headers.set('content-encoding', encoding);
  if (![204, 304].includes(response.status)) headers.set('content-length', String(body.length));
  return body;
}

type Encoding = 'br' | 'gzip';

const ENCODERS: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => promisify(gzip)(body),
};

function encodingOf(accepted: string): Encoding | undefined {
  const offers = accepted.split(',').map((offer) => offer.trim().toLowerCase());
  // `br;q=0` refuses what it names.
  const wants = (name: string) =>
    offers.some((offer) => offer.split(/\s*;\s*/)[0] === name && !/;\s*q=0(\.0*)?$/.test(offer));
  return wants('br') ? 'br' : wants('gzip') ? 'gzip' : undefined;
}
