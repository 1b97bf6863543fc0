import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IDENTIFIER_TYPE } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { answersSearch, nameSpellings, phoneSpellings, understandSearch } from './patient-search.ts';
import { toPatient } from './patient.ts';

const understand = (typed: string, locale = 'en-GB') => understandSearch(typed, locale);

describe('what was typed', () => {
  test.each([
    ['1979-03-04', '1979-03-04'],
    ['1979-3-4', '1979-03-04'],
    ['1979/03/04', '1979-03-04'],
    [' 1979-03 ', '1979-03'],
    ['4 Mar 1979', '1979-03-04'],
    ['4. March 1979', '1979-03-04'],
    ['04-MAR-1979', '1979-03-04'],
    ['Mar 4, 1979', '1979-03-04'],
    ['march 4 1979', '1979-03-04'],
    ['Sept. 9, 1979', '1979-09-09'],
    ['Mar 1979', '1979-03'],
    ['March, 1979', '1979-03'],
    ['4.3.1979', '1979-03-04'],
    ['04-03-1979', '1979-03-04'],
    ['29 Feb 2000', '2000-02-29'],
  ])('%j is the birth date %s', (typed, date) => {
    expect(understand(typed)).toEqual({ kind: 'birthDate', date });
  });

  test.each(['1900', '1979', '2099'])('%s is a year of birth or a record number', (typed) => {
    expect(understand(typed)).toEqual({ kind: 'numberOrBirthDate', text: typed, date: typed });
  });

  test.each([
    ['3/4/1979', 'en-PH', '1979-03-04'],
    ['3/4/1979', 'en', '1979-03-04'],
    ['3/4/1979', 'en-us', '1979-03-04'],
    ['3/4/1979', 'en-US-u-ca-buddhist', '1979-03-04'],
    ['3/4/1979', 'es-MX', '1979-04-03'],
    ['3/4/1979', 'de', '1979-04-03'],
    ['3/4/1979', 'en-US', '1979-03-04'],
    ['3/4/1979', 'en-GB', '1979-04-03'],
    ['03-04-1979', 'en-US', '1979-03-04'],
    ['3.4.1979', 'en-US', '1979-04-03'],
    ['12/31/1979', 'en-US', '1979-12-31'],
    ['31/12/1979', 'en-GB', '1979-12-31'],
  ])('%s in %s is the birth date %s', (typed, locale, date) => {
    expect(understand(typed, locale)).toEqual({ kind: 'birthDate', date });
  });

  test.each([
    ['31/12/1979', 'en-US'],
    ['12/31/1979', 'en-GB'],
  ])('%s is a day in one order alone, whatever is usual in %s', (typed, locale) => {
    expect(understand(typed, locale)).toEqual({ kind: 'birthDate', date: '1979-12-31' });
  });

  test.each(['13/13/1979', '31-11-1979', '30/2/1979', '0/0/1979'])('%s is a day in no order', (typed) => {
    for (const locale of ['en-US', 'en-GB']) expect(understand(typed, locale).kind).not.toBe('birthDate');
  });

  test.each([
    '10-4718',
    '104718',
    '4718',
    '555 0100',
    '(555) 010-4718',
    '+1 555 010 4718',
    '1979-13-45',
    '3021',
    '1800',
  ])('%j is a number, of a record or a phone', (typed) => {
    expect(understand(typed)).toEqual({ kind: 'number', text: typed });
  });

  test.each(['Fault-503', 'MRN104718', 'X1Æ2A3', '<script>alert(123)</script>'])(
    '%j is a number or a name',
    (typed) => {
      expect(understand(typed)).toEqual({ kind: 'numberOrName', text: typed, words: [typed] });
    },
  );

  test.each([
    ['OKAFOR', ['OKAFOR']],
    ['OKAFOR, Ada', ['OKAFOR', 'Ada']],
    ['  ada   okafor ', ['ada', 'okafor']],
    ['O’Brien', ['O’Brien']],
    ["D'Angelo Mary-Ann", ["D'Angelo", 'Mary-Ann']],
    ['Smith - Jones', ['Smith', 'Jones']],
    ['Janet 1979', ['Janet', '1979']],
    ['Marchetti 1979', ['Marchetti', '1979']],
    ['May', ['May']],
    ['April 31 1979', ['April', '31', '1979']],
    ['Henry 8', ['Henry', '8']],
    ['כהן דוד', ['כהן', 'דוד']],
    ['<script>alert(1)</script>', ['<script>alert(1)</script>']],
    ['(a+)+$', ['(a+)+$']],
    ['??', ['??']],
    ['.*', ['.*']],
  ])('%j is words of a name', (typed, words) => {
    expect(understand(typed)).toEqual({ kind: 'name', words });
  });

  test.each(['', '   ', '\t\n', '\u200F', "'"])('%j is nothing', (typed) => {
    expect(understand(typed)).toEqual({ kind: 'nothing' });
  });

  test('of 400 characters is a name, at once', () => {
    expect(understand('x'.repeat(400))).toEqual({ kind: 'name', words: ['x'.repeat(400)] });
    expect(understand('1'.repeat(400)).kind).toBe('number');
    expect(understand(`${'a '.repeat(200)}!`).kind).toBe('name');
  });

  test('is understood whatever it is, and never as a value that a search refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('en-US', 'en-GB', 'de'), (typed, locale) => {
        const search = understandSearch(typed, locale);
        if (search.kind === 'nothing') return;
        const values =
          search.kind === 'birthDate' ? [search.date] : search.kind === 'name' ? search.words : [search.text];
        expect(values).not.toHaveLength(0);
        expect(values).not.toContain('');
      }),
    );
  });

  test('understands every day in every spelling of it', () => {
    const days = fc
      .integer({ min: 0, max: 60_000 })
      .map((offset) => Temporal.PlainDate.from('1900-01-01').add({ days: offset }));
    fc.assert(
      fc.property(days, fc.constantFrom('short', 'long'), (day, month) => {
        const spelled = (locale: string) =>
          day.toLocaleString(locale, { day: 'numeric', month, year: 'numeric' });
        const numeric = (locale: string) =>
          day.toLocaleString(locale, { day: '2-digit', month: '2-digit', year: 'numeric' });
        const date = day.toString();
        for (const [typed, locale] of [
          [date, 'en-GB'],
          [spelled('en-GB'), 'en-GB'],
          [spelled('en-US'), 'en-US'],
          [numeric('en-GB'), 'en-GB'],
          [numeric('en-US'), 'en-US'],
          [numeric('de'), 'de'],
        ] as const) {
          expect(understandSearch(typed, locale), typed).toEqual({ kind: 'birthDate', date });
        }
      }),
    );
  });
});

describe('the spellings of a phone number', () => {
  const stored = [
    '5550104718',
    '15550104718',
    '+15550104718',
    '(555) 010-4718',
    '555-010-4718',
    '555.010.4718',
    '555 010 4718',
    '+1-555-010-4718',
    '+1 555 010 4718',
    '+1 (555) 010-4718',
    '1-555-010-4718',
  ];

  test.each(stored)('find it typed as %s, however it stands in the record', (typed) => {
    expect(phoneSpellings(typed)).toEqual(expect.arrayContaining(stored));
  });

  test.each([
    ['+49 171 234567', ['+49 171 234567', '49171234567', '+49171234567']],
    ['0171 2345678', ['0171 2345678', '01712345678']],
    ['4718', ['4718']],
  ])('of %s, from elsewhere, are as typed and bare', (typed, spellings) => {
    expect(phoneSpellings(typed)).toEqual(spellings);
  });

  test('are each there once and never empty', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d+ ().-]{3,20}$/), (typed) => {
        fc.pre(/\d/.test(typed));
        const spellings = phoneSpellings(typed);
        expect(new Set(spellings).size).toBe(spellings.length);
        expect(spellings).not.toContain('');
        expect(spellings).toContain(typed);
      }),
    );
  });
});

test.each([
  ['O’Brien', ["O'Brien", 'O’Brien', 'OBrien']],
  ["D'Angelo", ["D'Angelo", 'D’Angelo', 'DAngelo']],
  ['Okafor', ['Okafor']],
  ["'", ["'", '’']],
])('the word %s of a name is spelled %j', (word, spellings) => {
  expect(nameSpellings(word)).toEqual(spellings);
});

describe('a patient in a list that is here whole', () => {
  const patient = toPatient(
    {
      resourceType: 'Patient',
      id: 'p1',
      name: [
        { use: 'official', family: 'O’Brien-Núñez', given: ['Søren', 'Ali'] },
        { use: 'usual', given: ['Sunny'] },
      ],
      birthDate: '1979-03-04',
      identifier: [
        { type: { coding: [{ system: IDENTIFIER_TYPE, code: 'MR' }] }, value: '10-4718' },
        { type: { coding: [{ system: IDENTIFIER_TYPE, code: 'SS' }] }, value: '078-05-1120' },
      ],
      telecom: [
        { system: 'phone', value: '(555) 010-9900' },
        { system: 'phone', value: '+15550107777' },
      ],
    },
    readingWith(),
  );
  const answers = (typed: string, locale?: string) => answersSearch(patient, understand(typed, locale));

  test.each([
    '',
    'o’brien',
    "O'BRIEN",
    'obrien',
    'nunez',
    'NÚÑEZ',
    'obrien-nunez',
    'soren',
    'Søren O’Brien',
    'obrien, soren',
    'ali nun',
    'sunny',
    '1979',
    'Mar 1979',
    '4 Mar 1979',
    '10-4718',
    '104718',
    '4718',
    '(555) 010-9900',
    '5550109900',
    '+1 555 010 9900',
    '010 9900',
    '+1 (555) 010-7777',
    '555.010.7777',
  ])('answers %j', (typed) => {
    expect(answers(typed)).toBe(true);
  });

  test.each([
    'brien',
    'soren okafor',
    '1978',
    '4 Apr 1979',
    '10-4719',
    '078-05-1120',
    '1120',
    '990',
    '555 010 0000',
    '1980',
    'Fault-503',
    'AB9900',
    '.*',
    '[a-z]+',
    '<script>alert(1)</script>',
    'x'.repeat(400),
  ])('does not answer %j', (typed) => {
    expect(answers(typed)).toBe(false);
  });

  test('without a name is not found by the words that say so', () => {
    const nameless = toPatient({ resourceType: 'Patient', id: 'p2' }, readingWith());
    for (const typed of ['Name', 'missing', '1979', '4718', 'Fault-503']) {
      expect(answersSearch(nameless, understand(typed))).toBe(false);
    }
    expect(answersSearch(nameless, understand(''))).toBe(true);
  });

  test('with letters and digits in the name or record number is found by either', () => {
    const robot = toPatient(
      {
        resourceType: 'Patient',
        id: 'p3',
        name: [{ family: 'Fault-503' }],
        identifier: [{ type: { coding: [{ system: IDENTIFIER_TYPE, code: 'MR' }] }, value: 'MRN/104718' }],
      },
      readingWith(),
    );
    for (const typed of ['fault-503', 'mrn104718', 'MRN/104718']) {
      expect(answersSearch(robot, understand(typed))).toBe(true);
    }
  });

  test('of whom only a part of the birth date is known answers no more than that', () => {
    const partial = toPatient({ resourceType: 'Patient', id: 'p4', birthDate: '1979' }, readingWith());
    expect(answersSearch(partial, understand('1979'))).toBe(true);
    expect(answersSearch(partial, understand('4 Mar 1979'))).toBe(false);
  });
});
