import type {
  AdverseEvent,
  Encounter,
  MedicationAdministration,
  MedicationRequest,
  Observation,
} from 'fhir/r4';
import { expect, test } from 'vitest';
import { clinic, ofType } from './clinic-testing.ts';
import { observed, valueOf } from './clinical-testing.ts';

const whole = clinic();
const KETAMINE = '6130';
const segments = ofType<MedicationAdministration>(whole, 'MedicationAdministration').filter(
  ({ medicationCodeableConcept }) => medicationCodeableConcept?.coding?.[0]?.code === KETAMINE,
);
const bySession = Map.groupBy(segments, ({ context }) => context?.reference ?? '');
const orders = new Map(
  ofType<MedicationRequest>(whole, 'MedicationRequest').map((one) => [`MedicationRequest/${one.id}`, one]),
);
const sessions = new Map(ofType<Encounter>(whole, 'Encounter').map((one) => [`Encounter/${one.id}`, one]));
const totals = new Map(observed(whole, 'session-dose-total').map((one) => [one.encounter?.reference, one]));

test('the total of a signed session is the sum of its segments', () => {
  let compared = 0;
  for (const [session, list] of bySession) {
    const total = totals.get(session);
    if (total === undefined) continue;
    const sum = list.reduce((mg, { dosage }) => mg + (dosage?.dose?.value ?? NaN), 0);
    expect(valueOf(total), session).toBeCloseTo(sum, 5);
    compared++;
  }
  expect(compared).toBeGreaterThan(100);
});

test('every signed session has a total and no other has', () => {
  const signed = [...sessions].filter(([, { status }]) => status === 'finished').map(([id]) => id);
  expect(new Set(totals.keys())).toEqual(new Set(signed));
});

test('each segment gave its rate for its time', () => {
  for (const { effectivePeriod, dosage, status } of segments) {
    if (status === 'in-progress') {
      expect([effectivePeriod?.end, dosage?.dose]).toEqual([undefined, undefined]);
      expect(dosage?.rateQuantity?.code).toBe('mg/h');
      continue;
    }
    const hours =
      (Date.parse(effectivePeriod?.end ?? '') - Date.parse(effectivePeriod?.start ?? '')) / 3_600_000;
    expect(dosage?.dose?.value).toBeLessThanOrEqual((dosage?.rateQuantity?.value ?? 0) * hours + 1e-6);
    expect(dosage?.dose?.value).toBeGreaterThan((dosage?.rateQuantity?.value ?? 0) * hours - 0.1001);
  }
});

test('segments lie within their session, one after the other', () => {
  for (const [session, list] of bySession) {
    const { period } = sessions.get(session) ?? {};
    let last = Date.parse(period?.start ?? '');
    for (const { effectivePeriod } of list) {
      expect(Date.parse(effectivePeriod?.start ?? '')).toBeGreaterThanOrEqual(last);
      last = Date.parse(effectivePeriod?.end ?? effectivePeriod?.start ?? '');
    }
    if (period?.end !== undefined) expect(last).toBeLessThanOrEqual(Date.parse(period.end));
  }
});

test('a dose never exceeds what was ordered for the weight, nor the order’s maximum', () => {
  const weights = ofType<Observation>(whole, 'Observation').filter(({ id }) => id?.startsWith('weight-'));
  const heaviest = new Map<string | undefined, number>();
  for (const one of weights) {
    const patient = one.subject?.reference;
    heaviest.set(patient, Math.max(heaviest.get(patient) ?? 0, valueOf(one)));
  }
  for (const [session, list] of bySession) {
    const [first] = list;
    const order = orders.get(first?.request?.reference ?? '');
    const [instruction] = order?.dosageInstruction ?? [];
    const rate = instruction?.doseAndRate?.[0];
    const hours = (instruction?.timing?.repeat?.duration ?? NaN) / 60;
    const perKg = rate?.doseQuantity?.value ?? (rate?.rateQuantity?.value ?? NaN) * hours;
    const given = list.reduce((mg, { dosage }) => mg + (dosage?.dose?.value ?? 0), 0);
    expect(given, session).toBeLessThanOrEqual(instruction?.maxDosePerAdministration?.value ?? 0);
    expect(given, session).toBeLessThanOrEqual(perKg * (heaviest.get(first?.subject.reference) ?? 0) + 1e-6);
  }
});

test('an infusion runs, one was paused, one had its rate changed, one was stopped with the reason', () => {
  expect(segments.some(({ status }) => status === 'in-progress')).toBe(true);
  expect(segments.some(({ note }) => note?.[0]?.text.startsWith('Paused'))).toBe(true);
  expect(segments.some(({ note }) => note?.[0]?.text.startsWith('Rate raised'))).toBe(true);
  const stopped = segments.filter(({ status }) => status === 'stopped');
  expect(stopped.length).toBeGreaterThan(0);
  for (const { statusReason } of stopped) expect(statusReason?.[0]?.text).toBeTruthy();
});

test('a session was given under an order written before it; a replaced order is stopped', () => {
  for (const { request, effectivePeriod } of segments) {
    const order = orders.get(request?.reference ?? '');
    expect(Date.parse(order?.authoredOn ?? '')).toBeLessThan(Date.parse(effectivePeriod?.start ?? ''));
  }
  const replaced = [...orders.values()].flatMap(
    ({ priorPrescription }) => priorPrescription?.reference ?? [],
  );
  expect(replaced.length).toBeGreaterThan(5);
  for (const one of replaced) expect(orders.get(one)?.status).toBe('stopped');
});

test('an adverse event belongs to a session that says so, and suspects what ran', () => {
  const events = ofType<AdverseEvent>(whole, 'AdverseEvent');
  const ids = new Set(segments.map(({ id }) => `MedicationAdministration/${id}`));
  expect(events.length).toBeGreaterThan(30);
  for (const { encounter, suspectEntity } of events) {
    const session = sessions.get(encounter?.reference ?? '');
    const outcomes = session?.type?.flatMap(({ coding }) => coding?.[0]?.code ?? []) ?? [];
    if (session?.status === 'finished') expect(outcomes).toContain('outcome-adverse-event');
    expect(ids).toContain(suspectEntity?.[0]?.instance.reference);
  }
});
