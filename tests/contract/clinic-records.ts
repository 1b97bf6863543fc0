/** The records that the searches of the contract look for: two patients, a course, its sessions and what came of them. */
import { type Coding, local, type LocalCode, PAIN_NRS, SNOMED } from '#src/fhir/codes.ts';
import { type RawResource, referenceTo, type WritableResource } from '#src/fhir/resource.ts';
import type { ContractServer } from './contract-server.ts';

/** A day that no clinic has reached yet. */
export const DAY = { start: '2031-03-10T00:00:00-04:00', end: '2031-03-11T00:00:00-04:00' };
export const MRN_SYSTEM = 'https://chairside.example/fhir/contract/mrn';
export const CRPS: Coding = { system: SNOMED, code: '128200000', display: 'Complex regional pain syndrome' };
/** Rows that nothing but their ids tells apart. */
export const ROWS = 30;

type Make = ContractServer['make'];

/** A record of that type: whether its content is sound, the server says. */
export function record(resourceType: string, content: Readonly<Record<string, unknown>>): WritableResource {
  return { ...content, resourceType };
}

export function concept(...codes: readonly LocalCode[]) {
  return { coding: codes.map(local) };
}

/** A reference to a stored record. */
export function to(resource: WritableResource) {
  return { reference: referenceTo(resource) };
}

/** A patient whose name, number and telephone nobody else has. */
export function patientOf(word: string, number: string): WritableResource {
  return record('Patient', {
    identifier: [{ system: MRN_SYSTEM, value: `${word}-${number}` }],
    active: true,
    name: [{ family: `${word} O’Neill`, given: [`Ana${number}`] }],
    telecom: [{ system: 'phone', value: `+1 555 ${word}` }],
    birthDate: '1961-02-28',
  });
}

/** A number of pain before a session. */
export function painOf(patient: WritableResource, more: Readonly<Record<string, unknown>>): WritableResource {
  return record('Observation', {
    status: 'final',
    code: { coding: [PAIN_NRS, local('pain-before-session')] },
    subject: to(patient),
    effectiveDateTime: '2031-03-10T09:05:00-04:00',
    valueInteger: 7,
    ...more,
  });
}

/** A reminder whose next action is at an instant. */
export function reminderOf(
  patient: WritableResource,
  at: string,
  more: Readonly<Record<string, unknown>> = {},
): WritableResource {
  return record('Task', {
    status: 'requested',
    intent: 'plan',
    code: concept('maintenance-infusion'),
    for: to(patient),
    executionPeriod: { start: at, end: at },
    ...more,
  });
}

/** Stores all of them. */
export async function makeRecords({ make, word }: ContractServer) {
  const people = await makePeople(make, word);
  const courses = await makeCourses(make, people.patient);
  const appointments = await makeAppointments(make, people, courses.openCourse);
  const sessions = await makeSessions(make, people, appointments.first);
  const made = { ...people, ...courses, ...appointments, ...sessions };
  const reminders = await makeReminders(make, made);
  const unsigned = await makeFindings(make, made, word);
  await makeRemarks(make, { ...made, ...reminders }, word);
  return { ...made, ...reminders, unsigned };
}

async function makePeople(make: Make, word: string) {
  const [patient, other, chair] = await Promise.all([
    make(patientOf(word, '1')),
    make(patientOf(word, '2')),
    make(record('Location', { status: 'active', name: word, type: [concept('infusion-chair')] })),
  ]);
  return { patient, other, chair };
}

async function makeCourses(make: Make, patient: RawResource) {
  const active = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
  const condition = await make(
    record('Condition', {
      subject: to(patient),
      code: { coding: [CRPS] },
      clinicalStatus: { coding: [{ system: active, code: 'active' }] },
    }),
  );
  const course = (phase: LocalCode, period: object) =>
    make(
      record('CarePlan', {
        status: 'active',
        intent: 'plan',
        category: [concept('ketamine-course'), concept(phase)],
        subject: to(patient),
        period,
        addresses: [to(condition)],
      }),
    );
  const [openCourse, closedCourse] = await Promise.all([
    course('phase-maintenance', { start: '2031-01-06T00:00:00-05:00' }),
    course('phase-ended', { start: '2031-03-01T00:00:00-05:00', end: '2031-03-05T00:00:00-05:00' }),
  ]);
  return { condition, openCourse, closedCourse };
}

async function makeAppointments(
  make: Make,
  { patient, chair }: { readonly patient: RawResource; readonly chair: RawResource },
  course: RawResource,
) {
  const appointment = (start: string, end: string, status: string, ofPatient = 'accepted') =>
    make(
      record('Appointment', {
        status,
        start,
        end,
        supportingInformation: [to(course)],
        ...(status === 'cancelled' && { cancelationReason: { text: 'Unwell' } }),
        participant: [
          { actor: to(patient), status: ofPatient },
          { actor: to(chair), status: 'accepted' },
        ],
      }),
    );
  const [dayBefore, first, last, elsewhere, dayAfter, cancelled] = await Promise.all([
    appointment('2031-03-09T23:59:00-04:00', '2031-03-10T00:30:00-04:00', 'fulfilled'),
    appointment(DAY.start, '2031-03-10T01:00:00-04:00', 'booked'),
    appointment('2031-03-10T23:45:00-04:00', '2031-03-11T00:15:00-04:00', 'booked'),
    // Noon in India is inside the clinic's day, too.
    appointment('2031-03-10T12:00:00+05:30', '2031-03-10T13:00:00+05:30', 'booked'),
    appointment(DAY.end, '2031-03-11T01:00:00-04:00', 'booked'),
    appointment('2031-03-10T09:00:00-04:00', '2031-03-10T10:00:00-04:00', 'cancelled', 'declined'),
  ]);
  return { dayBefore, first, last, elsewhere, dayAfter, cancelled };
}

async function makeSessions(
  make: Make,
  { patient, chair }: { readonly patient: RawResource; readonly chair: RawResource },
  appointment: RawResource,
) {
  const session = (status: string, period: object, types: readonly LocalCode[], more: object = {}) =>
    make(
      record('Encounter', {
        status,
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
        type: types.map((type) => concept(type)),
        subject: to(patient),
        period,
        location: [{ location: to(chair) }],
        ...more,
      }),
    );
  const [finished, stopped, running] = await Promise.all([
    session('finished', { start: '2031-03-10T09:00:00-04:00', end: '2031-03-10T10:00:00-04:00' }, [
      'ketamine-infusion',
      'phase-maintenance',
      'outcome-completed',
    ]),
    session('finished', { start: '2031-03-07T09:00:00-05:00', end: '2031-03-07T10:00:00-05:00' }, [
      'ketamine-infusion',
      'phase-maintenance',
      'outcome-stopped',
    ]),
    // Without an end it reaches to infinity on some servers: a lower bound must not find it for ever.
    session(
      'in-progress',
      { start: '2031-03-08T09:00:00-05:00' },
      ['ketamine-infusion', 'phase-maintenance'],
      { appointment: [to(appointment)] },
    ),
  ]);
  return { finished, stopped, running };
}

interface Made {
  readonly patient: RawResource;
  readonly other: RawResource;
  readonly openCourse: RawResource;
  readonly dayAfter: RawResource;
  readonly finished: RawResource;
  readonly stopped: RawResource;
  readonly running: RawResource;
}

async function makeReminders(make: Make, { patient, openCourse, dayAfter, stopped }: Made) {
  const [overdue, ahead, snoozed, booked] = await Promise.all([
    make(
      reminderOf(patient, '2031-03-03T00:00:00-05:00', {
        basedOn: [to(openCourse)],
        encounter: to(stopped),
      }),
    ),
    make(reminderOf(patient, '2031-03-12T00:00:00-04:00')),
    make(
      reminderOf(patient, '2031-04-01T00:00:00-04:00', {
        status: 'on-hold',
        businessStatus: concept('snoozed'),
      }),
    ),
    make(reminderOf(patient, DAY.end, { status: 'accepted', focus: to(dayAfter) })),
  ]);
  return { overdue, ahead, snoozed, booked };
}

async function makeFindings(make: Make, made: Made, word: string): Promise<RawResource> {
  const { patient, other, finished, stopped, running } = made;
  const note = (status: string, encounter: RawResource) =>
    make(
      record('Composition', {
        status,
        type: concept('infusion-session-note'),
        subject: to(patient),
        encounter: to(encounter),
        date: '2031-03-10T10:00:00-04:00',
        title: 'Session',
        author: [{ display: word }],
      }),
    );
  const outcome = (code: LocalCode) =>
    make(
      painOf(patient, {
        code: concept('induction-outcome'),
        valueInteger: undefined,
        valueCodeableConcept: concept(code),
      }),
    );
  const [unsigned] = await Promise.all([
    note('preliminary', running),
    note('final', finished),
    outcome('responder'),
    outcome('responder'),
    outcome('non-responder'),
    make(painOf(patient, { encounter: to(finished) })),
    make(painOf(patient, { encounter: to(stopped) })),
    make(
      painOf(patient, {
        code: concept('session-dose-total'),
        encounter: to(finished),
        valueInteger: undefined,
        valueQuantity: { value: 40, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
      }),
    ),
    ...Array.from({ length: ROWS }, (_, row) => make(painOf(other, { valueInteger: row % 11 }))),
  ]);
  return unsigned;
}

/** What refers to what is there already. */
async function makeRemarks(make: Make, made: Made & { readonly overdue: RawResource }, word: string) {
  const { patient, stopped, overdue } = made;
  await Promise.all([
    make(
      record('AdverseEvent', {
        actuality: 'actual',
        event: concept('dissociative-experience'),
        subject: to(patient),
        encounter: to(stopped),
        date: '2031-03-07T09:30:00-05:00',
      }),
    ),
    make(record('Communication', { status: 'completed', subject: to(patient), basedOn: [to(overdue)] })),
    make(
      record('Provenance', {
        target: [to(overdue)],
        recorded: '2031-03-10T10:00:00-04:00',
        agent: [{ who: { display: word } }],
      }),
    ),
  ]);
}
