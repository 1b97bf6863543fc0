import { describe, expect, test } from 'vitest';
import { CONSENT_SCOPE } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { consentStanding, toConsentDetail } from './consent-detail.ts';

const today = Temporal.PlainDate.from('2026-11-23');

function read(fields: Readonly<Record<string, unknown>> = {}) {
  return toConsentDetail(
    {
      resourceType: 'Consent',
      id: 'c1',
      status: 'active',
      scope: { coding: [{ system: CONSENT_SCOPE, code: 'treatment', display: 'Treatment' }] },
      patient: { reference: 'Patient/7' },
      ...fields,
    },
    readingWith(),
  );
}

const lasting = (start: string | undefined, end: string | undefined, type = 'permit') =>
  read({ provision: { type, period: { start, end } } });

describe('how a consent stands', () => {
  test.each([
    ['without an end', lasting('2026-01-05', undefined), 'valid', 'valid'],
    ['long', lasting('2026-01-05', '2026-12-08'), 'valid', 'valid'],
    ['for two weeks', lasting('2026-01-05', '2026-12-07'), 'ending', 'lapses in 14 days'],
    ['for a day', lasting('2026-01-05', '2026-11-24'), 'ending', 'lapses in 1 day'],
    ['for today', lasting('2026-01-05', '2026-11-23'), 'ending', 'lapses today'],
    ['no more', lasting('2025-01-05', '2026-11-22'), 'over', 'lapsed 22 Nov 2026'],
    ['not yet', lasting('2026-11-24', undefined), 'ahead', 'begins 24 Nov 2026'],
    ['as a refusal', lasting('2026-01-05', undefined, 'deny'), 'refused', 'treatment refused'],
    ['taken back', read({ status: 'inactive' }), 'over', 'not in force'],
  ])('%s', (_, consent, kind, text) => {
    expect(consentStanding(consent, today)).toEqual({ kind, text });
  });
});

test.each([
  [{ policyRule: { text: 'Ketamine infusions' }, category: [{ text: 'Consent' }] }, 'Ketamine infusions'],
  [{ category: [{ text: 'Consent' }] }, 'Consent'],
  [{}, 'Treatment'],
  [{ scope: undefined }, 'Consent without a subject'],
])('what it is about: %j', (fields, about) => {
  expect(read(fields).about).toBe(about);
});
