/** Who signed in, and as what: read from the id token and, where that names no role, from the clinic's own records. */
import type { IdentityConfig, Role } from '#src/config/config.ts';

export interface SignedInPerson {
  readonly subject: string;
  /** As the sign-in service writes it. */
  readonly name: string;
  /** `Practitioner/…` on the clinic's FHIR server. */
  readonly fhirUser: string | undefined;
  /** Undefined: reads nothing clinical and is told whom to ask. */
  readonly role: Role | undefined;
  readonly roleSource: RoleSource;
}

type RoleSource = 'claim' | 'practitioner-role' | 'none';

/** The claims of an id token. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** Of several roles one person gets the first of these: care comes before the desk, the desk before the figures. */
const PRECEDENCE: readonly Role[] = ['clinician', 'nurse', 'administrator', 'manager'];

/**
 * The role of a person: by the configured claim, else by the codes of the person's PractitionerRole
 * (`system|code`), else none. A configured value without a `|` stands for that code in any system.
 */
export function roleFrom(
  claims: Claims,
  { roleClaim, roles }: Pick<IdentityConfig, 'roleClaim' | 'roles'>,
  practitionerRoleCodes: readonly string[] = [],
): Pick<SignedInPerson, 'role' | 'roleSource'> {
  const claimed = roleClaim === undefined ? [] : claimValues(claims, roleClaim);
  const byClaim = PRECEDENCE.find((role) => roles[role].some((value) => claimed.includes(value)));
  if (byClaim !== undefined) {
    return { role: byClaim, roleSource: 'claim' };
  }
  const codes = new Set(
    practitionerRoleCodes.flatMap((token) => [token, token.slice(token.lastIndexOf('|') + 1)]),
  );
  const byRecord = PRECEDENCE.find((role) => roles[role].some((value) => codes.has(value)));
  return byRecord === undefined
    ? { role: undefined, roleSource: 'none' }
    : { role: byRecord, roleSource: 'practitioner-role' };
}

/** The texts of a claim. Its name may hold dots itself (a URI does), so the whole name is tried before the path. */
function claimValues(claims: Claims, name: string): readonly string[] {
  const value =
    claims[name] ??
    name.split('.').reduce<unknown>((at, key) => {
      return typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? Reflect.get(at, key)
        : undefined;
    }, claims);
  return [value].flat().filter((entry) => typeof entry === 'string');
}

/**
 * The `fhirUser` claim as a reference on the clinic's server, or undefined: a full address must be of that server,
 * since the same id elsewhere is another person.
 */
export function fhirUserFrom(claims: Claims, fhirBaseUrl: string): string | undefined {
  const { fhirUser } = claims;
  if (typeof fhirUser !== 'string') return undefined;
  const reference = fhirUser.startsWith(`${fhirBaseUrl}/`)
    ? fhirUser.slice(fhirBaseUrl.length + 1)
    : fhirUser;
  return /^Practitioner\/[A-Za-z0-9\-.]{1,64}$/.test(reference) ? reference : undefined;
}

/** What to call the person on screen. */
export function nameFrom(claims: Claims): string {
  const text = (key: string) => {
    const value = claims[key];
    return typeof value === 'string' ? value.trim() : '';
  };
  return (
    text('name') ||
    `${text('given_name')} ${text('family_name')}`.trim() ||
    text('preferred_username') ||
    claims.sub
  );
}
