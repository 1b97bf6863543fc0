/** What a nurse charts in a session: vitals, checklist and note. */
import type { Composition, Encounter, Observation, Questionnaire, QuestionnaireResponse } from 'fhir/r4';
import { expect, test } from 'vitest';
import { clinic, ofType } from './clinic-testing.ts';

const whole = clinic();
const sessions = new Map(ofType<Encounter>(whole, 'Encounter').map((one) => [`Encounter/${one.id}`, one]));
const vitals = ofType<Observation>(whole, 'Observation').filter(
  ({ category, encounter }) => category?.[0]?.coding?.[0]?.code === 'vital-signs' && encounter !== undefined,
);
const pressures = vitals.filter(({ component }) => component !== undefined);
const notes = ofType<Composition>(whole, 'Composition');

test('a reading is a blood pressure with both values, and a saturation under both codes', () => {
  expect(pressures.length).toBeGreaterThan(500);
  for (const { component } of pressures) {
    const [systolic, diastolic] = component?.map(({ valueQuantity }) => valueQuantity?.value ?? NaN) ?? [];
    expect(systolic).toBeGreaterThan(diastolic ?? NaN);
    expect(systolic).toBeLessThan(230);
  }
  const saturations = vitals.filter(({ id }) => id?.startsWith('spo2'));
  for (const { code } of saturations) {
    expect(code.coding?.map((one) => one.code)).toEqual(['59408-5', '2708-6']);
  }
});

test('vitals are taken from just before the start until the patient leaves', () => {
  for (const { encounter, effectiveDateTime } of pressures) {
    const { period } = sessions.get(encounter?.reference ?? '') ?? {};
    const at = Date.parse(effectiveDateTime ?? '');
    expect(at).toBeGreaterThanOrEqual(Date.parse(period?.start ?? '') - 5 * 60_000);
    if (period?.end !== undefined) expect(at).toBeLessThan(Date.parse(period.end));
  }
});

test('most readings of the first hour come within two minutes of the quarter hour, some late or never', () => {
  const offsets = pressures.flatMap(({ encounter, effectiveDateTime }) => {
    const start = Date.parse(sessions.get(encounter?.reference ?? '')?.period?.start ?? '');
    const minutes = (Date.parse(effectiveDateTime ?? '') - start) / 60_000;
    return minutes > 10 && minutes < 58 ? [minutes % 15] : [];
  });
  const timely = offsets.filter((offset) => offset <= 2 || offset >= 14).length / offsets.length;
  expect(timely).toBeGreaterThan(0.85);
  expect(timely).toBeLessThan(1);
});

test('a running session has its vitals so far', () => {
  const running = [...sessions].filter(([id, { status, period }]) => {
    const age = Date.parse('2026-11-23T10:42:00-05:00') - Date.parse(period?.start ?? '');
    return status === 'in-progress' && age >= 20 * 60_000 && id !== '' && age < 5 * 3_600_000;
  });
  expect(running.length).toBeGreaterThan(0);
  for (const [id] of running)
    expect(pressures.some(({ encounter }) => encounter?.reference === id)).toBe(true);
});

test('every checklist answers every item of the one questionnaire', () => {
  const [definition] = ofType<Questionnaire>(whole, 'Questionnaire');
  const items = definition?.item?.map(({ linkId }) => linkId);
  const checklists = ofType<QuestionnaireResponse>(whole, 'QuestionnaireResponse');
  expect(checklists.length).toBeGreaterThan(100);
  for (const { item, questionnaire } of checklists) {
    expect(questionnaire).toBe(`${definition?.url}|${definition?.version}`);
    expect(item?.map(({ linkId }) => linkId)).toEqual(items);
    for (const { linkId, answer } of item ?? []) {
      const override = answer?.[0]?.item?.find((one) => one.linkId === `${linkId}.override`);
      expect(override === undefined).toBe(answer?.[0]?.valueBoolean);
      if (override) expect(override.item?.[0]?.answer?.[0]?.valueReference?.display).toMatch(/^Dr /);
    }
  }
  const red = checklists.filter(({ item }) =>
    item?.some(({ answer }) => answer?.[0]?.valueBoolean === false),
  );
  expect(red.length).toBeGreaterThan(0);
});

test('each session has one note: final with who signed, or open', () => {
  const own = notes.filter(({ relatesTo }) => relatesTo === undefined);
  const bySession = new Map(own.map((one) => [one.encounter?.reference, one]));
  expect(bySession.size).toBe(own.length);
  expect(new Set(bySession.keys())).toEqual(new Set(sessions.keys()));
  for (const [id, { status, attester, section }] of bySession) {
    expect(status).toBe(NOTE_STATUS[sessions.get(id ?? '')?.status ?? '']);
    expect(attester?.[0]?.party?.display !== undefined).toBe(status === 'final');
    if (status === 'final') expect(section?.map(({ title }) => title)).toContain('Discharge');
  }
});

const NOTE_STATUS: Readonly<Record<string, string>> = {
  finished: 'final',
  'in-progress': 'preliminary',
  'entered-in-error': 'entered-in-error',
};

test('an addendum adds to a signed note of the same session', () => {
  const known = new Map(notes.map((one) => [`Composition/${one.id}`, one]));
  const addenda = notes.filter(({ relatesTo }) => relatesTo !== undefined);
  expect(addenda.length).toBeGreaterThan(5);
  for (const { relatesTo, encounter, date } of addenda) {
    const note = known.get(relatesTo?.[0]?.targetReference?.reference ?? '');
    expect([note?.status, note?.encounter?.reference]).toEqual(['final', encounter?.reference]);
    expect(Date.parse(date)).toBeGreaterThan(Date.parse(note?.date ?? ''));
  }
});

test('what was charted in a withdrawn session is withdrawn with it', () => {
  const withdrawn = new Set(
    [...sessions].filter(([, { status }]) => status === 'entered-in-error').map(([id]) => id),
  );
  const inThem = ofType<Observation>(whole, 'Observation').filter(({ encounter }) =>
    withdrawn.has(encounter?.reference ?? ''),
  );
  expect(inThem.length).toBeGreaterThan(0);
  for (const { status } of inThem) expect(status).toBe('entered-in-error');
});
