import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium for tests: one that is installed, else the binary that comes with an npm package. */
export async function chromiumPath(): Promise<string> {
  const installed = INSTALLED.find((path) => existsSync(path));
  return installed ?? chromium.executablePath();
}

/**
 * Our own arguments. Those of the npm package would switch web security off; without the others a closed network is
 * asked for Google's hosts at every start.
 */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
