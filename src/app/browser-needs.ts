/** What Chairside cannot do without, tried before anything else, so that a start that would fail later says why. */

export class BrowserNeedError extends Error {
  readonly kind: 'insecure' | 'no-storage';

  constructor(kind: BrowserNeedError['kind'], message: string) {
    super(message);
    this.name = 'BrowserNeedError';
    this.kind = kind;
  }
}

interface BrowserParts {
  readonly crypto: object;
  readonly sessionStorage: Pick<Storage, 'setItem' | 'removeItem'>;
}

/** @throws BrowserNeedError */
export function requireBrowser(browser: BrowserParts): void {
  // Browsers give cryptography, which every sign-in needs, only to pages that came over a secure line.
  if (!('subtle' in browser.crypto)) {
    throw new BrowserNeedError('insecure', 'The page was not loaded over a secure line');
  }
  try {
    const { sessionStorage } = browser;
    sessionStorage.setItem('chairside.try', '');
    sessionStorage.removeItem('chairside.try');
  } catch {
    throw new BrowserNeedError('no-storage', 'The browser lets this page keep nothing');
  }
}
