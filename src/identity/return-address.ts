/** Where a person returns to after signing in. It went through the browser's storage, so it is not trusted. */

/** The address if it lies inside the application at `base`, else `base`. Never leaves the origin. */
export function safeReturnAddress(value: unknown, base: URL): string {
  if (typeof value !== 'string' || !URL.canParse(value, base)) return base.href;
  const url = new URL(value, base);
  // A path that begins with two slashes is a host to whoever resolves it next.
  const inside =
    url.origin === base.origin && url.pathname.startsWith(base.pathname) && !url.pathname.startsWith('//');
  return inside && url.username === '' && url.password === '' ? url.href : base.href;
}

/** Whether an address is an answer of the sign-in service: only there, since a list may be filtered by a state too. */
export function isCallback(href: string, base: URL): boolean {
  const { pathname, searchParams } = new URL(href);
  return (
    pathname === base.pathname &&
    searchParams.has('state') &&
    (searchParams.has('code') || searchParams.has('error'))
  );
}
