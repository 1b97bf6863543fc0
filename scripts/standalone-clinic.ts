import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const CONFIG = 'mocks/config.json';

/** Puts the configuration of the made-up clinic beside a standalone page: served in development, emitted by a build. */
export function standaloneClinic(): Plugin {
  return {
    name: 'standalone-clinic',
    // The service worker answers for the configuration, and a preload would pass it by: fetched twice, and a warning.
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(/\s*<link rel="preload"[^>]*config\.json[^>]*>/, ''),
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url?.split('?')[0] !== '/config.json') {
          next();
          return;
        }
        readFile(CONFIG, 'utf8').then((text) => {
          response.setHeader('content-type', 'application/json');
          response.end(text);
        }, next);
      });
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'config.json', source: await readFile(CONFIG, 'utf8') });
    },
  };
}
