import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { IDENTIFIER_TYPE } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { reasonOf } from './list-page.ts';
import { displayName, surnameOf, toPatient } from './patient.ts';

function read(fields: Readonly<Record<string, unknown>>) {
  return toPatient({ resourceType: 'Patient', id: 'p1', ...fields }, readingWith());
}

function nameOf(...names: readonly object[]) {
  return read({ name: names }).name;
}

const turkish = [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'tr' }] } }];

function identifier(type: string, value: string, more: object = {}) {
  return { type: { coding: [{ system: IDENTIFIER_TYPE, code: type }] }, value, ...more };
}

describe('a name', () => {
  test.each([
    [
      'surname in capitals, given name as written',
      { family: 'Okonkwo', given: ['Adaeze', 'Ify'] },
      'OKONKWO Adaeze Ify',
    ],
    ['right to left', { family: 'כהן', given: ['דוד'] }, 'כהן דוד'],
    ['with accents', { family: 'Núñez', given: ['Íñigo'] }, 'NÚÑEZ Íñigo'],
    ['with a sharp s', { family: 'Strauß', given: ['Max'] }, 'STRAUSS Max'],
    ['with script in it, as text', { family: '<script>x</script>', given: [] }, '<SCRIPT>X</SCRIPT>'],
    ['without a surname', { given: ['Cher'] }, 'Cher'],
    ['without a given name', { family: 'Mononym' }, 'MONONYM'],
    ['with gaps that extensions leave', { family: 'Okafor', given: [null, 'Ada', ' '] }, 'OKAFOR Ada'],
    ['with only a text', { text: 'Maria de la Cruz' }, 'MARIA DE LA CRUZ'],
    ['of blanks', { family: ' ', given: [''] }, 'Name missing'],
    ['that is empty', {}, 'Name missing'],
  ])('%s', (_, name, shown) => {
    expect(displayName(nameOf(name))).toBe(shown);
  });

  test('of 400 characters is kept whole', () => {
    const family = 'x'.repeat(400);
    expect(nameOf({ family }).surname).toBe(family.toUpperCase());
  });

  test('that is missing is said to be', () => {
    expect(displayName(read({}).name)).toBe('Name missing');
  });

  const official = { use: 'official', family: 'Okafor', given: ['Ada'] };

  test.each([
    ['the official before others', [{ use: 'usual', family: 'Smith' }, official], 'OKAFOR Ada'],
    [
      'the maiden name never, while there is another',
      [{ use: 'maiden', family: 'Obi' }, official],
      'OKAFOR Ada',
    ],
    [
      'an old name never, while there is another',
      [{ use: 'old', family: 'Obi' }, { family: 'Okafor' }],
      'OKAFOR',
    ],
    [
      'an official name that has ended, no more',
      [{ use: 'official', family: 'Obi', period: { end: '2019-05-01' } }, { family: 'Okafor' }],
      'OKAFOR',
    ],
    ['an old name rather than none', [{ use: 'old', family: 'Obi' }], 'OBI'],
    [
      'a full name rather than a nickname',
      [{ use: 'nickname', given: ['Addy'] }, { family: 'Okafor' }],
      'OKAFOR',
    ],
    ['a nickname rather than none', [{ use: 'nickname', given: ['Addy'] }], 'Addy'],
    [
      'one that says something rather than an empty official one',
      [{ use: 'official' }, { text: 'Ada' }],
      'ADA',
    ],
  ])('is %s', (_, names, shown) => {
    expect(displayName(nameOf(...names))).toBe(shown);
  });

  test.each([
    ['the usual given name', [official, { use: 'usual', given: ['Addy', 'Ann'] }], 'Addy'],
    ['a nickname that is only a text', [official, { use: 'nickname', text: 'Addy' }], 'Addy'],
    ['nothing where it is the given name anyway', [official, { use: 'usual', given: ['Ada'] }], undefined],
    [
      'nothing that has ended',
      [official, { use: 'nickname', given: ['Addy'], period: { end: '2001' } }],
      undefined,
    ],
    ['nothing where nobody said', [official], undefined],
    ['nothing for a name of blanks', [official, { use: 'usual', given: [' '] }], undefined],
  ])('is called: %s', (_, names, preferred) => {
    expect(nameOf(...names).preferred).toBe(preferred);
  });

  test.each([
    ['keeps the dot of a Turkish i', turkish, 'IŞIK-İNCE'],
    ['of another language does not', [{ language: { coding: [{ code: 'en' }] } }], 'IŞIK-INCE'],
    [
      'of a language that no browser knows follows no rules',
      [{ language: { coding: [{ code: 'x_!' }] } }],
      'IŞIK-INCE',
    ],
    ['of an unknown language follows no rules', undefined, 'IŞIK-INCE'],
  ])('%s', (_, communication, surname) => {
    expect(
      read({ name: [{ family: 'Işık-ince' }], ...(communication && { communication }) }).name.surname,
    ).toBe(surname);
  });

  test('of an unknown language is never put in capitals by the rules of the browser’s', () => {
    const byLocale = vi.spyOn(String.prototype, 'toLocaleUpperCase');
    nameOf({ family: 'Smith' });
    expect(byLocale).not.toHaveBeenCalled();
    byLocale.mockRestore();
  });
});

describe('the surname alone', () => {
  test('is read though other fields are damaged, as the list shows it', () => {
    const resource = {
      resourceType: 'Patient',
      id: 'p1',
      birthDate: 1950,
      name: [{ family: 'İnce' }],
      communication: turkish,
    };
    expect(surnameOf(resource, readingWith())).toBe('İNCE');
  });

  test.each([
    ['no name', {}],
    ['only a given name', { name: [{ given: ['Cher'] }] }],
    ['an ill-typed name', { name: 'Okafor' }],
  ])('is unknown with %s', (_, fields) => {
    expect(surnameOf({ resourceType: 'Patient', id: 'p1', ...fields }, readingWith())).toBeUndefined();
  });
});

describe('demographics', () => {
  test.each(['1950', '1950-03', '1950-03-07', 'about 1950'])(
    'keep the birth date %s as recorded',
    (birthDate) => {
      expect(read({ birthDate }).birthDate).toBe(birthDate);
    },
  );

  test('keep a gender that FHIR does not know', () => {
    expect(read({ gender: 'nonbinary' }).sex).toBe('nonbinary');
  });

  test('are unknown where they are missing', () => {
    expect(read({})).toMatchObject({
      birthDate: undefined,
      sex: undefined,
      mrn: undefined,
      active: true,
      deceased: false,
    });
  });

  test.each([
    [{}, false],
    [{ deceasedBoolean: false }, false],
    [{ deceasedBoolean: true }, { on: undefined }],
    [{ deceasedDateTime: '2026-01' }, { on: '2026-01' }],
  ])('tell whether the patient has died: %j', (fields, deceased) => {
    expect(read(fields).deceased).toEqual(deceased);
  });

  test('tell an inactive record', () => {
    expect(read({ active: false }).active).toBe(false);
  });

  test.each([
    ['id', { id: 7 }, 'the field id is not as FHIR wants it, expected string'],
    ['birthDate', { birthDate: 1950 }, 'the field birthDate is not as FHIR wants it, expected string'],
    ['gender', { gender: ['female'] }, 'the field gender is not as FHIR wants it, expected string'],
    ['name', { name: { family: 'Okafor' } }, 'the field name is not as FHIR wants it, expected array'],
    ['given', { name: [{ given: 'Ada' }] }, 'the field name.0.given is not as FHIR wants it, expected array'],
    [
      'identifier',
      { identifier: [{ value: 4718 }] },
      'the field identifier.0.value is not as FHIR wants it, expected string',
    ],
    ['active', { active: 'true' }, 'the field active is not as FHIR wants it, expected boolean'],
    [
      'telecom',
      { telecom: [{}, { rank: '1' }] },
      'the field telecom.1.rank is not as FHIR wants it, expected number',
    ],
  ])('with an ill-typed %s cannot be read, with the reason', (_, fields, reason) => {
    const caught = (() => {
      try {
        return read(fields);
      } catch (error) {
        return error;
      }
    })();
    expect(reasonOf(caught)).toBe(reason);
  });
});

describe('identifiers', () => {
  const SECRETS = ['SS', 'PPN', 'DL', 'TAX', 'PI', 'mr'];

  test('of types that are not allowed are nowhere in a patient, however they are written', () => {
    const secret = fc.record({
      kind: fc.constantFrom(...SECRETS),
      value: fc.stringMatching(/^secret-[0-9]{6}$/),
      shape: fc.constantFrom('typed', 'text', 'untyped', 'foreign system', 'second coding'),
      use: fc.constantFrom(undefined, 'official', 'usual', 'old'),
    });
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1 }), (secrets) => {
        const patient = read({
          name: [{ family: 'Okafor' }],
          identifier: [
            ...secrets.map(({ kind, value, shape, use }) => ({
              ...(use && { use }),
              value,
              system: `urn:${kind}`,
              ...(shape === 'typed' && { type: { coding: [{ system: IDENTIFIER_TYPE, code: kind }] } }),
              ...(shape === 'text' && { type: { text: 'MR' } }),
              ...(shape === 'foreign system' && { type: { coding: [{ system: 'urn:other', code: 'MR' }] } }),
              ...(shape === 'second coding' && {
                type: { coding: [{ code: 'MR' }, { system: IDENTIFIER_TYPE, code: kind }] },
              }),
            })),
            identifier('MR', '10-4718'),
          ],
        });
        expect(patient.mrn).toBe('10-4718');
        const shown = JSON.stringify(patient);
        for (const { value } of secrets) expect(shown).not.toContain(value);
      }),
    );
  });

  test('are the allowed types alone, in order', () => {
    const patient = toPatient(
      {
        resourceType: 'Patient',
        id: 'p1',
        identifier: [identifier('SS', '1'), identifier('MC', '2'), identifier('MR', '3')],
      },
      readingWith({ identifierTypes: ['MR', 'MC'] }),
    );
    expect(patient.identifiers).toEqual([
      { type: 'MC', value: '2' },
      { type: 'MR', value: '3' },
    ]);
  });

  test.each([
    ['the first without a system of the clinic’s own', undefined, '99-1'],
    ['the clinic’s own', 'urn:clinic', '10-4718'],
    ['nobody else’s', 'urn:third', undefined],
  ])('give as medical record number %s', (_, system, mrn) => {
    const resource = {
      resourceType: 'Patient',
      id: 'p1',
      identifier: [
        identifier('MR', '00-0', { use: 'old', system: 'urn:clinic' }),
        identifier('MR', ' ', { system: 'urn:clinic' }),
        identifier('MR', '99-1', { system: 'urn:hospital' }),
        identifier('MR', '10-4718', { system: 'urn:clinic' }),
      ],
    };
    expect(toPatient(resource, readingWith({ mrnSystem: system })).mrn).toBe(mrn);
  });
});

describe('contacts', () => {
  test('are phones and mails in order of rank, without old, ended and empty ones', () => {
    const patient = read({
      telecom: [
        { system: 'phone', value: '+1 555 0103', rank: 3 },
        { system: 'email', value: 'ada@example.org' },
        { system: 'phone', value: '+1 555 0100', use: 'old' },
        { system: 'phone', value: '+1 555 0104', period: { end: '2020-01-01' } },
        { system: 'phone', value: ' ' },
        { system: 'phone' },
        { system: 'phone', value: '+1 555 0109' },
        { system: 'phone', value: '+1 555 0101', use: 'mobile', rank: 1 },
      ],
    });
    expect(patient.phones).toEqual([
      { value: '+1 555 0101', use: 'mobile' },
      { value: '+1 555 0103', use: undefined },
      { value: '+1 555 0109', use: undefined },
    ]);
    expect(patient.emails.map(({ value }) => value)).toEqual(['ada@example.org']);
  });

  test('are addresses where the patient lives now', () => {
    const patient = read({
      address: [
        { use: 'old', text: 'Old Street 1' },
        { line: ['Old Street 2'], period: { end: '2020' } },
        { text: '' },
        { line: ['5 Harbor Row', null], city: 'Portland', state: 'ME', postalCode: '04101', country: '' },
        { text: '7 Elm Street, Portland', city: 'Portland' },
      ],
    });
    expect(patient.addresses).toEqual(['5 Harbor Row, Portland, ME, 04101', '7 Elm Street, Portland']);
  });

  test('are languages and people by name, even where the record gives no name', () => {
    const patient = read({
      communication: [{ language: { text: '', coding: [{ code: 'tr', display: 'Turkish' }] } }],
      contact: [
        {
          name: { family: 'Obi', given: ['Ken'] },
          relationship: [{ text: 'Brother' }, {}],
          telecom: [
            { system: 'phone', value: '+1 555 0001', use: 'old' },
            { system: 'phone', value: '+1 555 0002' },
          ],
        },
        {},
      ],
    });
    expect(patient.languages).toEqual(['Turkish']);
    expect(patient.contacts).toEqual([
      { name: 'Ken Obi', relationship: 'Brother', phone: '+1 555 0002' },
      { name: '', relationship: '', phone: '' },
    ]);
  });
});

describe('what is in use today', () => {
  const periods: readonly (readonly [string, object, boolean])[] = [
    ['ends next year', { end: '2027-06-30' }, true],
    ['ends today', { end: '2026-11-23' }, true],
    ['ends tonight at the clinic', { end: '2026-11-24T04:59:00Z' }, true],
    ['ends some day this month', { end: '2026-11' }, true],
    ['ended yesterday', { end: '2026-11-22' }, false],
    ['ended last year', { end: '2025' }, false],
    ['begins today', { start: '2026-11-23' }, true],
    ['begins tomorrow', { start: '2026-11-24' }, false],
    ['ends at no date', { end: 'soon' }, true],
  ];

  test.each(periods)('is told by a period that %s', (_, period, shown) => {
    const patient = read({
      name: [
        { family: 'Obi', use: 'old' },
        { family: 'Okafor', use: 'official', period },
      ],
      telecom: [
        { system: 'phone', value: '+1 555 0100', period },
        { system: 'email', value: 'ada@example.org', period },
      ],
      address: [{ text: '5 Harbor Row', period }],
      contact: [{ name: { text: 'Ken Obi' }, period }],
    });
    expect(patient.name.surname).toBe(shown ? 'OKAFOR' : 'OBI');
    for (const list of [patient.phones, patient.emails, patient.addresses, patient.contacts]) {
      expect(list).toHaveLength(shown ? 1 : 0);
    }
  });
});
