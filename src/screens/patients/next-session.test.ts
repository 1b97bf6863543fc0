import { describe, expect, test } from 'vitest';
import { toAppointment } from '#src/features/appointments/appointment.ts';
import type { Course } from '#src/features/courses/course.ts';
import { local } from '#src/fhir/codes.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { extraBooked, nextSessionText } from './next-session.ts';
import type { PatientFacts } from './patient-facts.ts';

const appointment = (start: string, service?: 'consultation' | 'induction' | 'maintenance' | object) =>
  toAppointment(
    {
      resourceType: 'Appointment',
      id: 'a',
      status: 'booked',
      start,
      ...(typeof service === 'string' && { serviceType: [{ coding: [local(service)] }] }),
      ...(typeof service === 'object' && { serviceType: [service] }),
    },
    readingWith(),
  );

const course: Course = {
  id: 'c',
  patientId: 'p',
  phase: 'induction',
  paused: false,
  protocolUri: undefined,
  conditionId: undefined,
  planned: 2,
  seriesSessions: ['e1'],
  maintenanceSessions: [],
  start: undefined,
};
const whole: Course = { ...course, seriesSessions: ['e1', 'e2'] };
const paused: Course = { ...course, paused: true };

const facts = (known: Partial<PatientFacts>): PatientFacts => ({
  course: undefined,
  nextSession: undefined,
  nextConsultation: undefined,
  lastSession: undefined,
  allergies: { kind: 'notAsked' },
  consent: { kind: 'none' },
  unsigned: [],
  ...known,
});

const infusion = appointment('2026-12-03T17:30:00Z', 'induction');
const nextConsultation = appointment('2026-12-10T17:30:00Z', 'consultation');

describe('the next session', () => {
  test.each<[string, Partial<PatientFacts>, string]>([
    ['nobody is treated', {}, '–'],
    ['one is booked', { course, nextSession: infusion }, 'Thu 3 Dec 12:30'],
    ['a consultation is booked too', { course, nextSession: infusion, nextConsultation }, 'Thu 3 Dec 12:30'],
    [
      'a consultation is booked instead',
      { course, nextConsultation },
      'not booked; consultation Thu 10 Dec 12:30',
    ],
    ['a consultation alone is to come', { nextConsultation }, 'consultation Thu 10 Dec 12:30'],
    ['a course is paused', { course: paused, nextConsultation }, 'paused; consultation Thu 10 Dec 12:30'],
    ['none is booked', { course }, 'not booked'],
    ['the series is whole', { course: whole }, '–'],
    [
      'something is booked that nobody named',
      { course, nextSession: appointment('2026-12-03T17:30:00Z') },
      'Thu 3 Dec 12:30',
    ],
    [
      'something else by its name is booked',
      { course, nextSession: appointment('2026-12-03T17:30:00Z', { text: 'Physiotherapy' }) },
      'Thu 3 Dec 12:30, Physiotherapy',
    ],
  ])('where %s', (_, known, text) => {
    expect(nextSessionText(facts(known), readingWith().today, 'America/New_York')).toBe(text);
  });
});

test.each<[string, Course, Partial<PatientFacts>, boolean]>([
  ['a session beyond the series', whole, { nextSession: infusion }, true],
  ['a session of the series', course, { nextSession: infusion }, false],
  ['a consultation', whole, { nextConsultation }, false],
  [
    'maintenance after the series',
    whole,
    { nextSession: appointment('2026-12-03T17:30:00Z', 'maintenance') },
    false,
  ],
  ['what nobody named, beyond the series', whole, { nextSession: appointment('2026-12-03T17:30:00Z') }, true],
  ['nothing', whole, {}, false],
])('%s is an extra one or not', (_, of, known, extra) => {
  expect(extraBooked(of, facts(known))).toBe(extra);
});
