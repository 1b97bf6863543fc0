/**
 * The Content-Security-Policy under which Chairside runs: its own scripts and styles alone, nothing inline, and no
 * server but those of the configuration. docs/decisions has the page on styles.
 */
export function contentSecurityPolicy(servers: {
  readonly fhirBaseUrl?: string | undefined;
  readonly issuer?: string | undefined;
}): string {
  const origins = [servers.fhirBaseUrl, servers.issuer].flatMap((address) => {
    const absolute = address !== undefined && URL.canParse(address);
    return absolute ? [new URL(address).origin] : [];
  });
  const issuer =
    servers.issuer !== undefined && URL.canParse(servers.issuer) ? [new URL(servers.issuer).origin] : [];
  const own = "'self'";
  return [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own}`,
    `img-src ${own}`,
    `font-src ${own}`,
    `worker-src ${own}`,
    `manifest-src ${own}`,
    `connect-src ${[own, ...new Set(origins)].join(' ')}`,
    `frame-src ${[own, ...issuer].join(' ')}`,
    `frame-ancestors ${own}`,
    `form-action ${[own, ...issuer].join(' ')}`,
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');
}
