/**
 * Serves a build as a production host would: under the Content-Security-Policy, compressed, with index.html for the
 * addresses of pages. `npm run preview -- [--port 4173] [--dir dist] [--config FILE or URL]`.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { contentSecurityPolicy } from './content-security-policy.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface Preview {
  readonly origin: string;
  close(): Promise<void>;
}

interface PreviewOptions {
  readonly port: number;
  readonly dir: string;
  /** The configuration, where it does not lie beside the build: a file or the address of one. */
  readonly config?: string | undefined;
}

/** Starts the server; port 0 takes any free one. */
export async function preview({ port, dir, config }: PreviewOptions): Promise<Preview> {
  const root = resolve(dir);
  const compressed = new Map<string, Buffer>();
  const configuration = async () =>
    config === undefined ? readOrNothing(join(root, 'config.json')) : read(config);

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    answer(pathname, response, request.headers['accept-encoding'] ?? '').catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });

  async function answer(pathname: string, response: ServerResponse, encodings: string): Promise<void> {
    const file = normalize(join(root, decodeURIComponent(pathname)));
    if (!file.startsWith(root + sep) && file !== root) return void response.writeHead(400).end();
    const isConfig = pathname === '/config.json';
    const page = extname(pathname) === '';
    const folder = page ? await readOrNothing(join(file, 'index.html')) : undefined;
    const name = folder !== undefined ? join(file, 'index.html') : page ? join(root, 'index.html') : file;
    const body = folder ?? (isConfig ? await configuration() : await readOrNothing(name));
    if (body === undefined)
      return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    const headers: Record<string, string> = {
      'content-type': type,
      'cache-control': pathname.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      vary: 'accept-encoding',
    };
    if (type.startsWith('text/html')) headers['content-security-policy'] = await policy();
    if (!encodings.includes('br')) return void response.writeHead(200, headers).end(body);
    const small =
      compressed.get(name) ?? brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    if (pathname.includes('/assets/')) compressed.set(name, small);
    response.writeHead(200, { ...headers, 'content-encoding': 'br' }).end(small);
  }

  async function policy(): Promise<string> {
    const text = await configuration();
    try {
      return contentSecurityPolicy(JSON.parse(text?.toString() ?? '{}'));
    } catch {
      return contentSecurityPolicy({});
    }
  }

  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  const address = server.address();
  const origin = `http://127.0.0.1:${isPort(address) ? address.port : port}`;
  return {
    origin,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function isPort(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

async function read(config: string): Promise<Buffer> {
  if (!URL.canParse(config)) return readFile(config);
  const response = await fetch(config);
  if (!response.ok) throw new Error(`${config} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

async function readOrNothing(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4173' },
      dir: { type: 'string', default: 'dist' },
      config: { type: 'string' },
    },
  });
  const { origin } = await preview({ port: Number(values.port), dir: values.dir, config: values.config });
  console.warn(`Chairside: ${origin}`);
}
