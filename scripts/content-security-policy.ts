import * as z from 'zod/mini';

/** As much of a configuration as the policy is about. Whether the rest is right is for the application to say. */
const serversSchema = z.object({
  fhirBaseUrl: z.catch(z.optional(z.string()), undefined),
  identity: z.catch(
    z.optional(
      z.object({
        issuer: z.catch(z.optional(z.string()), undefined),
        origins: z.catch(z.array(z.string()), []),
      }),
    ),
    undefined,
  ),
});

/**
 * The Content-Security-Policy under which Chairside runs, from its configuration: its own scripts and styles alone,
 * nothing inline, and no server but those that are named there. docs/decisions has the page on styles.
 */
export function contentSecurityPolicy(config: unknown): string {
  const { fhirBaseUrl, identity } = z.safeParse(serversSchema, config).data ?? {};
  const signIn = originsOf([identity?.issuer, ...(identity?.origins ?? [])]);
  const connect = originsOf([fhirBaseUrl, ...signIn]);
  const own = "'self'";
  return [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own}`,
    `img-src ${own}`,
    `font-src ${own}`,
    `worker-src ${own}`,
    `manifest-src ${own}`,
    `connect-src ${[own, ...connect].join(' ')}`,
    `frame-src ${[own, ...signIn].join(' ')}`,
    `frame-ancestors ${own}`,
    `form-action ${[own, ...signIn].join(' ')}`,
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** An address beside index.html is the application's own; what is no address can allow nothing. */
function originsOf(addresses: readonly (string | undefined)[]): readonly string[] {
  const urls = addresses.flatMap((address) =>
    address !== undefined && URL.canParse(address) ? [new URL(address)] : [],
  );
  return [...new Set(urls.filter(({ protocol }) => /^https?:$/.test(protocol)).map(({ origin }) => origin))];
}
