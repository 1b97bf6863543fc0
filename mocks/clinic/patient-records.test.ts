import type { AllergyIntolerance, Condition, Consent, Patient, Resource } from 'fhir/r4';
import { expect, test } from 'vitest';
import { buildClinic } from './clinic.ts';
import { recordNumber } from './patient-records.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
const records = buildClinic({ today: TODAY, timeZone: 'America/New_York', patients: 240 });
const patients = records.filter(isPatient);

function isPatient(record: Resource): record is Patient {
  return record.resourceType === 'Patient';
}

function share(matches: (patient: Patient) => boolean): number {
  return patients.filter(matches).length;
}

function names(): string[] {
  return patients.map(({ name }) => name?.[0]?.family ?? '');
}

test('record numbers are unique among 30,000 patients', () => {
  const numbers = Array.from({ length: 30_000 }, (_, index) => recordNumber(index + 1));
  expect(new Set(numbers).size).toBe(30_000);
  expect(numbers.filter((number) => !/^1[012]-\d{4}$/.test(number))).toEqual([]);
  expect(patients.map(({ identifier }) => identifier?.[0]?.value)).toEqual(numbers.slice(0, 240));
});

test('some people carry numbers that no view may show', () => {
  const types = patients.flatMap(
    ({ identifier }) => identifier?.map(({ type }) => type?.coding?.[0]?.code) ?? [],
  );
  expect(types.filter((type) => type === 'MR')).toHaveLength(240);
  expect(types.filter((type) => type === 'SS').length).toBeGreaterThan(20);
  expect(types.filter((type) => type === 'PPN').length).toBeGreaterThan(4);
});

test.each([
  ['Chinese', /\p{Script=Han}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['right to left', /\p{Script=Arabic}|\p{Script=Hebrew}/u],
  ['with an apostrophe', /’/],
  ['with a hyphen', /-/],
  ['with diacritics', /[ñçüøłŞ]/],
  ['of three words', /^\S+ \S+ \S+/],
  ['of sixty letters', /^.{60,}$/],
])('there is a family name %s', (_, pattern) => {
  expect(names().filter((name) => pattern.test(name)).length).toBeGreaterThan(0);
});

test('people share surnames', () => {
  expect(names().filter((name) => name === 'Nguyen').length).toBeGreaterThanOrEqual(4);
});

test('names of every use, and one person without a given name', () => {
  const uses = patients.flatMap(({ name }) => name?.map(({ use }) => use) ?? []);
  expect(new Set(uses)).toEqual(new Set(['official', 'usual', 'maiden']));
  expect(share(({ name }) => name?.[0]?.given === undefined)).toBe(1);
});

test('what may be missing or partly known is so for some, not for most', () => {
  const some: [string, number][] = [
    ['birth year alone', share(({ birthDate }) => birthDate?.length === 4)],
    ['birth month', share(({ birthDate }) => birthDate?.length === 7)],
    ['no sex', share(({ gender }) => gender === undefined)],
    ['other or unknown sex', share(({ gender }) => gender === 'other' || gender === 'unknown')],
    ['no phone', share(({ telecom }) => !telecom?.some(({ system }) => system === 'phone'))],
    ['interpreter', share(({ extension }) => extension?.[0]?.valueBoolean === true)],
    ['died, day known', share(({ deceasedDateTime }) => deceasedDateTime !== undefined)],
    ['died, day unknown', share(({ deceasedBoolean }) => deceasedBoolean === true)],
    ['inactive', share(({ active }) => active === false)],
  ];
  expect(some.filter(([, count]) => count < 1 || count > 30)).toEqual([]);
});

test('phones are fictitious, in several ways of writing', () => {
  const phones = patients.flatMap(({ telecom }) => telecom?.filter(({ system }) => system === 'phone') ?? []);
  const shapes = phones.map(({ value }) => {
    expect(value?.replaceAll(/\D/g, '').replace(/^1/, '')).toMatch(/^55501\d{5}$/);
    return value?.replaceAll(/\d/g, '0');
  });
  expect(new Set(shapes)).toEqual(
    new Set(['(000) 000-0000', '+0-000-000-0000', '0000000000', '+0 000 000 0000']),
  );
});

test('everybody is grown up and nobody was born in the future', () => {
  for (const { birthDate = '' } of patients) {
    expect(TODAY.year - Number(birthDate.slice(0, 4))).toSatisfy((age: number) => age > 18 && age < 90);
  }
});

function grouped<R extends Resource>(type: R['resourceType'], owner: (record: R) => string | undefined) {
  const mine = records.filter((one): one is R => one.resourceType === type);
  return patients.map(({ id }) => mine.filter((record) => owner(record) === `Patient/${id}`));
}

test('each patient has a diagnosis; some have several, one that is over, or one in words alone', () => {
  const conditions = grouped<Condition>('Condition', ({ subject }) => subject.reference);
  expect(conditions.filter((list) => list.length === 0)).toEqual([]);
  expect(conditions.filter((list) => list.length > 1).length).toBeGreaterThan(60);
  const flat = conditions.flat();
  expect(flat.some(({ code }) => code?.coding === undefined && code?.text !== undefined)).toBe(true);
  for (const { clinicalStatus, abatementDateTime } of flat) {
    // An abated diagnosis is not active.
    expect(clinicalStatus?.coding?.[0]?.code).toBe(abatementDateTime === undefined ? 'active' : 'resolved');
  }
  expect(flat.some(({ abatementDateTime }) => abatementDateTime !== undefined)).toBe(true);
});

test('allergies: none known, some, or never asked', () => {
  const allergies = grouped<AllergyIntolerance>('AllergyIntolerance', ({ patient }) => patient.reference);
  const texts = allergies.map((list) => list.map(({ code }) => code?.text));
  expect(texts.filter((list) => list.length === 0).length).toBeGreaterThan(10);
  expect(texts.filter((list) => list.includes('No known allergy')).length).toBeGreaterThan(100);
  expect(texts.filter((list) => list.includes('No known allergy') && list.length > 1)).toEqual([]);
  for (const allergen of ['Penicillin', 'Latex', 'Ondansetron', 'Midazolam']) {
    expect(texts.flat()).toContain(allergen);
  }
});

test('consents: most in force, some about to end, some ended, some missing', () => {
  const consents = grouped<Consent>('Consent', ({ patient }) => patient?.reference);
  const days = consents.flat().map(({ provision }) => {
    const end = Temporal.PlainDate.from(provision?.period?.end?.slice(0, 10) ?? '');
    return TODAY.until(end, { largestUnit: 'day' }).days;
  });
  expect(consents.filter((list) => list.length === 0).length).toBeGreaterThan(10);
  expect(days.filter((left) => left > 14).length).toBeGreaterThan(150);
  expect(days.filter((left) => left >= 0 && left <= 14).length).toBeGreaterThan(3);
  expect(days.filter((left) => left < 0).length).toBeGreaterThan(3);
  // Who has been coming for long has renewed it; only the latest one counts.
  expect(consents.filter((list) => list.length > 1).length).toBeGreaterThan(60);
  for (const list of consents) {
    expect(list.slice(1).filter(({ status }) => status !== 'inactive')).toEqual([]);
  }
});
