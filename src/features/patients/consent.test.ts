import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { CONSENT_SCOPE } from '#src/fhir/codes.ts';
import { consentOn, toConsent, type Consent } from './consent.ts';
import { reasonOf } from './list-page.ts';

const today = Temporal.PlainDate.from('2026-11-23');

function read(provision?: object, fields: object = {}): Consent {
  return toConsent(
    {
      resourceType: 'Consent',
      id: 'c1',
      status: 'active',
      scope: { coding: [{ system: CONSENT_SCOPE, code: 'treatment' }] },
      patient: { reference: 'Patient/7' },
      ...(provision && { provision }),
      ...fields,
    },
    readingWith(),
  );
}

/** A consent from and until so many days from today. */
function lasting(
  from: number | undefined,
  until: number | undefined,
  treatment: Consent['treatment'] = 'permit',
): Consent {
  const period = (days: number | undefined) => (days === undefined ? undefined : today.add({ days }));
  return { patientId: '7', treatment, from: period(from), until: period(until) };
}

describe('a consent as recorded', () => {
  test.each([
    ['days', { start: '2026-01-05', end: '2026-12-31' }, '2026-01-05', '2026-12-31'],
    [
      'instants, in the clinic’s zone',
      { start: '2026-01-05T05:00:00Z', end: '2027-01-01T04:59:00Z' },
      '2026-01-05',
      '2026-12-31',
    ],
    ['a month', { start: '2026-02', end: '2026-02' }, '2026-02-01', '2026-02-28'],
    ['a year', { start: '2026', end: '2026' }, '2026-01-01', '2026-12-31'],
    ['no end', { start: '2026-01-05' }, '2026-01-05', undefined],
    ['no beginning', { end: '2026-12-31' }, undefined, '2026-12-31'],
  ])('lasts for %s', (_, period, from, until) => {
    const consent = read({ period });
    expect(consent.from?.toString()).toBe(from);
    expect(consent.until?.toString()).toBe(until);
    expect(consent).toMatchObject({ patientId: '7', treatment: 'permit' });
  });

  test('without a period lasts until it is withdrawn', () => {
    expect(consentOn([read()], today)).toEqual({ kind: 'valid' });
  });

  test.each(['next spring', '2026-02-30', '2026-13', ''])(
    'with the end %j cannot be read, rather than last for ever',
    (end) => {
      const caught = (() => {
        try {
          return read({ period: { end } });
        } catch (error) {
          return error;
        }
      })();
      expect(reasonOf(caught)).toBe('the field provision.period.end is no date');
    },
  );

  test.each([
    ['to research', { scope: { coding: [{ system: CONSENT_SCOPE, code: 'research' }] } }, {}],
    [
      'to the sharing of data',
      { scope: { coding: [{ system: CONSENT_SCOPE, code: 'patient-privacy' }] } },
      {},
    ],
    ['to who knows what', { scope: { text: 'treatment' } }, {}],
    ['in another system’s words', { scope: { coding: [{ system: 'urn:other', code: 'treatment' }] } }, {}],
    ['that was withdrawn', { status: 'inactive' }, {}],
    [
      'to research, refused',
      { scope: { coding: [{ system: CONSENT_SCOPE, code: 'research' }] } },
      { type: 'deny' },
    ],
  ])('%s is none to treatment', (_, fields, provision) => {
    const consent = read(provision, fields);
    expect(consent.treatment).toBeUndefined();
    expect(consentOn([consent], today)).toEqual({ kind: 'none' });
  });

  test.each([
    ['end', { period: { end: 2027 } }],
    ['period', { period: '2027' }],
  ])('with an ill-typed %s cannot be read', (_, provision) => {
    expect(() => read(provision)).toThrow(/expected/);
  });
});

describe('the consent of a day', () => {
  test.each([
    ['there is none', [], 'none'],
    ['it lapsed yesterday', [lasting(-365, -1)], 'none'],
    ['it begins tomorrow', [lasting(1, 365)], 'none'],
    ['it begins today', [lasting(0, 365)], 'valid'],
    ['it ends today', [lasting(-365, 0)], 'ends'],
    ['it ends in 14 days', [lasting(-365, 14)], 'ends'],
    ['it ends in 15 days', [lasting(-365, 15)], 'valid'],
    ['it is open-ended', [lasting(-365, undefined)], 'valid'],
    ['a later one lasts longer', [lasting(-365, 3), lasting(-10, 200)], 'valid'],
    ['one of them is open-ended', [lasting(-365, 3), lasting(undefined, undefined)], 'valid'],
    ['the longer one has lapsed in between', [lasting(-400, -30), lasting(-365, 3)], 'ends'],
    ['the longer one is still to come', [lasting(-365, 3), lasting(30, 400)], 'ends'],
    ['it was refused', [read({ type: 'deny' })], 'refused'],
    [
      'it was withdrawn beside an older consent',
      [lasting(-365, 200), lasting(-2, undefined, 'deny')],
      'refused',
    ],
    ['a refusal lapsed before a new consent', [lasting(-365, -10, 'deny'), lasting(-9, 300)], 'valid'],
    ['a refusal begins tomorrow', [lasting(-365, 300), lasting(1, undefined, 'deny')], 'valid'],
  ])('when %s', (_, consents, kind) => {
    expect(consentOn(consents, today).kind).toBe(kind);
  });

  test('says when it ends', () => {
    expect(consentOn([lasting(-365, 3), lasting(-365, 9)], today)).toEqual({
      kind: 'ends',
      on: today.add({ days: 9 }),
    });
  });

  const offset = fc.option(fc.integer({ min: -40, max: 40 }), { nil: undefined });
  const consents = fc.array(
    fc.tuple(offset, offset).map(([from, until]) => lasting(from, until)),
    { maxLength: 5 },
  );

  test('is there exactly if one consent covers the day, in whatever order they come', () => {
    fc.assert(
      fc.property(
        consents.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const covers = all.some(
            ({ from, until }) =>
              (!from || Temporal.PlainDate.compare(from, today) <= 0) &&
              (!until || Temporal.PlainDate.compare(until, today) >= 0),
          );
          expect(consentOn(all, today).kind !== 'none').toBe(covers);
          expect(consentOn(shuffled, today)).toEqual(consentOn(all, today));
        },
      ),
    );
  });
});
