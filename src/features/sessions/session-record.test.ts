import { describe, expect, test } from 'vitest';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { local, protocolCoding } from '#src/fhir/codes.ts';
import { reasonOf } from '../patients/list-page.ts';
import { eventText, toAdverseEvent } from './adverse-event.ts';
import { toSessionDose } from './session-dose.ts';
import { toSessionNote } from './session-note.ts';
import { toSession } from './session.ts';

const infusion = { coding: [local('ketamine-infusion')] };
const person = (code: string, display: string) => ({
  type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code }] }],
  individual: { reference: 'Practitioner/p', display },
});

function read(fields: Readonly<Record<string, unknown>> = {}) {
  return toSession({ resourceType: 'Encounter', id: 'e1', type: [infusion], ...fields }, readingWith());
}

function reasonFor(act: () => unknown): string {
  try {
    return `was read: ${JSON.stringify(act())}`;
  } catch (error) {
    return reasonOf(error);
  }
}

describe('a session', () => {
  test('has what its record says', () => {
    const session = read({
      status: 'finished',
      type: [
        infusion,
        { coding: [local('phase-induction')] },
        { coding: [protocolCoding('crps', 'CRPS')] },
        { coding: [local('outcome-completed')] },
        { coding: [local('outcome-adverse-event')] },
      ],
      subject: { reference: 'Patient/7' },
      participant: [person('ATND', 'Dr Iyer'), person('PPRF', 'Maribel Ruiz RN'), {}],
      appointment: [{ reference: 'Appointment/a1' }],
      period: { start: '2026-11-20T02:30:00Z', end: '2026-11-20T03:10:00Z' },
      location: [{}, { location: { reference: 'Location/c1', display: 'Chair 1' } }],
    });
    expect(session).toMatchObject({
      id: 'e1',
      patientId: '7',
      phase: 'induction',
      protocolId: 'crps',
      chair: 'Chair 1',
      nurse: 'Maribel Ruiz RN',
      state: 'finished',
      outcome: 'adverseEvent',
      appointmentId: 'a1',
    });
    expect(session.day?.toString()).toBe('2026-11-19');
    expect(session.end?.toString()).toBe('2026-11-20T03:10:00Z');
  });

  test('without anything but its type knows nothing', () => {
    expect(read()).toEqual({
      id: 'e1',
      patientId: undefined,
      date: undefined,
      start: undefined,
      end: undefined,
      day: undefined,
      phase: undefined,
      protocolId: undefined,
      chair: undefined,
      nurse: undefined,
      state: 'unknown',
      outcome: undefined,
      appointmentId: undefined,
    });
  });

  test.each([
    ['in-progress', 'open'],
    ['onleave', 'open'],
    ['finished', 'finished'],
    ['entered-in-error', 'voided'],
    ['planned', 'notHeld'],
    ['cancelled', 'notHeld'],
    ['constructor', 'unknown'],
  ])('of the status %s is %s', (status, state) => {
    expect(read({ status }).state).toBe(state);
  });

  test('of two phases has none', () => {
    const type = [infusion, { coding: [local('phase-induction'), local('phase-maintenance')] }];
    expect(read({ type }).phase).toBeUndefined();
  });

  test.each([
    [
      'a visit of another system',
      { type: [{ coding: [{ system: 'http://snomed.info/sct', code: '185349003' }] }] },
    ],
    [
      'the code in another system',
      { type: [{ coding: [{ ...local('ketamine-infusion'), system: 'urn:x' }] }] },
    ],
    ['no type', { type: undefined }],
  ])('%s is none', (_, fields) => {
    expect(reasonFor(() => read(fields))).toBe('it is no infusion');
  });

  test('of an ill-typed period cannot be read', () => {
    expect(reasonFor(() => read({ period: 'today' }))).toMatch(/^the field period is not as FHIR wants it/);
  });
});

describe('the total dose', () => {
  const dose = (valueQuantity: unknown, status = 'final') =>
    toSessionDose(
      {
        resourceType: 'Observation',
        id: 'd1',
        status,
        encounter: { reference: 'Encounter/e1' },
        valueQuantity,
      },
      readingWith(),
    );

  test('is in milligrams', () => {
    expect(dose({ value: 30.5, unit: 'mg', code: 'mg' })).toEqual({ sessionId: 'e1', doseMg: 30.5 });
  });

  test.each([
    ['of another unit', { value: 0.5, code: 'mg/kg' }, 'its unit is mg/kg, not mg'],
    ['without a unit', { value: 30 }, 'its unit is missing, not mg'],
    ['below nothing', { value: -3, code: 'mg' }, 'its value -3 mg cannot be meant'],
    ['without a value', undefined, 'it has no value'],
  ])('%s cannot be read', (_, quantity, reason) => {
    expect(reasonFor(() => dose(quantity))).toBe(reason);
  });

  test('entered in error says nothing', () => {
    expect(dose({ value: 300, code: 'mg' }, 'entered-in-error').doseMg).toBeUndefined();
  });
});

describe('an adverse event', () => {
  const event = (fields: object) =>
    toAdverseEvent({ resourceType: 'AdverseEvent', id: 'v1', ...fields }, readingWith());

  test('has a name, how severe it was and how it ended', () => {
    const nausea = event({
      actuality: 'actual',
      encounter: { reference: 'Encounter/e1' },
      event: { text: 'nausea' },
      severity: { coding: [{ code: 'mild', display: 'Mild' }] },
      outcome: { coding: [{ code: 'resolved', display: 'Resolved' }] },
      date: '2026-11-20T02:30:00Z',
    });
    expect(nausea).toMatchObject({
      sessionId: 'e1',
      severity: 'mild',
      outcome: 'resolved',
      potential: false,
    });
    expect(nausea.day?.toString()).toBe('2026-11-19');
    expect(eventText(nausea)).toBe('nausea, mild');
  });

  test('of which little is known, or that only could have happened, says so', () => {
    expect(eventText(event({}))).toBe('event without a name');
    expect(eventText(event({ event: { text: 'fall' }, actuality: 'potential' }))).toBe('fall (potential)');
  });
});

describe('a note', () => {
  const note = (fields: object) =>
    toSessionNote({ resourceType: 'Composition', id: 'n1', ...fields }, readingWith());

  test.each([
    ['preliminary', 'open'],
    ['final', 'signed'],
    ['amended', 'signed'],
    ['entered-in-error', 'mistake'],
    [undefined, 'unknown'],
  ])('of the status %s is %s', (status, state) => {
    expect(note({ status }).status).toBe(state);
  });

  test('may be an addendum, and names who signed', () => {
    expect(
      note({
        status: 'final',
        encounter: { reference: 'Encounter/e1' },
        relatesTo: [{ code: 'appends' }],
        attester: [{ mode: 'professional', party: { display: 'Dr Iyer' } }],
      }),
    ).toMatchObject({ sessionId: 'e1', addendum: true, signedBy: 'Dr Iyer' });
  });
});
