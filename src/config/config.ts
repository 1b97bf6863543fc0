/**
 * The runtime configuration: one file beside the build, read at start. The schema below is its documentation; what one
 * field cannot know about another is checked in config-checks.ts.
 */
import * as z from 'zod/mini';

import { PAIN_DIAGNOSES } from '#src/fhir/codes.ts';

import {
  address,
  clockTime,
  day,
  group,
  list,
  locale,
  numeric,
  oneOf,
  origin,
  text,
  timeZone,
  whole,
} from './config-fields.ts';
import { messageTemplateSchema } from './message-templates.ts';
import { protocolSchema } from './protocol-config.ts';
import { serverProfileSchema } from './server-profiles.ts';

export const ROLES = ['nurse', 'administrator', 'manager', 'clinician'] as const;
export type Role = (typeof ROLES)[number];

const roleValues = () => list(text(), 'a list of claim values or PractitionerRole codes');

export const configSchema = group({
  /** Absolute after loading, without a slash at its end. */
  fhirBaseUrl: address(),
  serverProfile: serverProfileSchema,
  identity: group({
    /** Absolute after loading; otherwise as written, since providers compare it letter by letter. */
    issuer: address(),
    /** Where the service answers beside the issuer's own origin: for the Content-Security-Policy alone. */
    origins: z.exactOptional(list(origin(), 'a list of origins')),
    clientId: text(),
    scopes: list(
      text('scopes, one a text', (scope) => !/\s/.test(scope)),
      'a list of scopes',
      1,
    ).check(z.refine((scopes) => scopes.includes('openid'), 'a list of scopes with openid among them')),
    /** As in “Continue to … sign-in”. */
    name: text(),
    /** Name of the id token's claim, or a path of names joined by dots. */
    roleClaim: z.exactOptional(text()),
    /** Values of the claim, or codes of PractitionerRole: `code` in any system, or `system|code`. */
    roles: group({
      nurse: roleValues(),
      administrator: roleValues(),
      manager: roleValues(),
      clinician: roleValues(),
    }),
    /** Whom somebody without an account or a role asks. */
    contact: text(),
  }),
  clinic: group({
    name: text(),
    timeZone: timeZone(),
    locale: locale(),
    weekStart: oneOf(['monday', 'sunday']),
    phone: text(),
    openingHours: list(
      group({
        days: list(whole(1, 7), 'ISO days, 1 Monday to 7 Sunday', 1),
        opens: clockTime(),
        closes: clockTime(),
      }),
      'a list of opening hours',
    ),
    closures: z._default(list(group({ date: day(), name: text() }), 'a list of closures'), []),
  }),
  codes: group({
    /** What the list of patients can be filtered by. */
    diagnoses: z._default(
      list(group({ system: text(), code: text(), display: text() }), 'a list of codings, at least one', 1),
      PAIN_DIAGNOSES.map((coding) => ({ ...coding })),
    ),
    /** System of the clinic's medical record numbers, where a patient carries several. */
    mrnSystem: z.exactOptional(text()),
    /** Types of identifiers (v2-0203) that screens may show; everything else stays in the record, unseen. */
    identifierTypes: z._default(list(text(), 'a list of identifier types'), ['MR']),
  }),
  protocols: list(protocolSchema, 'at least one protocol', 1),
  /** Relief that counts as a response, as a fraction of the baseline. */
  responseThreshold: z._default(numeric(0.01, 1), 0.3),
  responseThresholdSource: z.exactOptional(text()),
  /** Running infusions that one nurse may look after. */
  nurseRatio: whole(1, 20),
  inactivityMinutes: z._default(whole(1, 240), 10),
  /** How long before the lock the warning appears. */
  inactivityWarningSeconds: z._default(whole(20, 600), 60),
  messageTemplates: z._default(list(messageTemplateSchema, 'a list of templates'), []),
});

/** The configuration as the application uses it: validated, addresses absolute, defaults filled in. */
export type ClinicConfig = z.output<typeof configSchema>;
export type IdentityConfig = ClinicConfig['identity'];
