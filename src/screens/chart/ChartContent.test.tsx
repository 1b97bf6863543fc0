import type { Appointment, Communication, MedicationRequest, Task } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { KETAMINE, local } from '#src/fhir/codes.ts';
import { testClinic, type PersonName } from '#tests/support/browser-clinic.ts';
import {
  allergyRecord,
  consentRecord,
  inductionRecord,
  patientRecord,
} from '#tests/support/browser-records.ts';
import { renderScreen } from '#tests/support/render-screen.tsx';

const section = (name: string | RegExp) => page.getByRole('region', { name });
const tab = (name: RegExp) =>
  page.getByRole('navigation', { name: 'Sections of the chart' }).getByRole('link', { name });
const facts = () => page.getByRole('group', { name: 'To know first' });

async function clinicWithOkafor() {
  const clinic = testClinic();
  const id = await clinic.create(patientRecord('Okafor'));
  const open = async (search = '', person: PersonName = 'clinician') => {
    const screen = await renderScreen({ clinic, person, path: `/patients/${id}${search}` });
    await expect.element(screen.getByRole('heading', { level: 1, name: 'OKAFOR Ada' })).toBeVisible();
    await expect.element(screen.getByText('Loading…')).not.toBeInTheDocument();
    return screen;
  };
  return { clinic, id, patient: { reference: `Patient/${id}` }, open };
}

describe('the sections of a chart', () => {
  test('are links, the open one is marked, and going back leads through them', async () => {
    const { open } = await clinicWithOkafor();
    const { application } = await open();
    await expect.element(tab(/^Overview/)).toHaveAttribute('aria-current', 'page');
    await tab(/^Due list and calls/).click();
    await expect.element(section('Past reminders')).toBeVisible();
    await expect.element(tab(/^Due list and calls/)).toHaveAttribute('aria-current', 'page');
    await expect.element(tab(/^Overview/)).not.toHaveAttribute('aria-current');
    expect(application.router.state.location.search).toEqual({ section: 'due' });
    application.router.history.back();
    await expect.element(section('Contact')).toBeVisible();
    await expect.element(tab(/^Overview/)).toHaveAttribute('aria-current', 'page');
  });

  test('that nobody knows open the overview', async () => {
    const { open } = await clinicWithOkafor();
    await open('?section=nowhere');
    await expect.element(tab(/^Overview/)).toHaveAttribute('aria-current', 'page');
  });

  test('need the patient and one batch, whichever is open', async () => {
    const { clinic, id, open } = await clinicWithOkafor();
    await open('?section=orders');
    await clinic.settled();
    await tab(/^Sessions/).click();
    await expect.element(section('Sessions').getByText('No session yet.')).toBeVisible();
    expect(clinic.asked.map((one) => one.split('\n')[0])).toEqual([`GET Patient/${id}`, 'BATCH']);
  });
});

test('of somebody who died nothing is said to be empty only until now', async () => {
  const clinic = testClinic();
  const id = await clinic.create(patientRecord('Okafor', { deceasedDateTime: '2026-06-01' }));
  const screen = await renderScreen({ clinic, path: `/patients/${id}` });
  await expect.element(section('Scores').getByText('No pain score.')).toBeVisible();
  await expect.element(section('Sessions').getByText('No session.')).toBeVisible();
  await expect.element(section('Allergies').getByText('Nobody has asked.')).toBeVisible();
  await expect.element(section('Course').getByText('No course.')).toBeVisible();
  await expect.element(screen.getByText(/\byet\b/)).not.toBeInTheDocument();
});

test('what a role does not see is not asked for, and that is said in its place', async () => {
  const { clinic, open } = await clinicWithOkafor();
  await open('', 'administrator');
  await expect.element(section('Sessions').getByText('Administrators do not see sessions.')).toBeVisible();
  expect(clinic.asked.join('\n')).not.toMatch(/Encounter|MedicationRequest|Composition/);
  await tab(/^Orders/).click();
  await expect
    .element(section('Ketamine orders').getByText('Administrators do not see orders.'))
    .toBeVisible();
  await expect
    .element(section('Other prescriptions').getByText('Administrators do not see prescriptions.'))
    .toBeVisible();
  await expect.element(page.getByRole('status', { name: /Not everything/ })).not.toBeInTheDocument();
});

test('several records that cannot be read are counted, and can be looked up', async () => {
  const { clinic, id, open } = await clinicWithOkafor();
  await clinic.create(allergyRecord(id, 'Latex'));
  for (const name of ['Iodine', 'Nickel']) {
    const broken = await clinic.create(allergyRecord(id, name));
    clinic.spoil(`AllergyIntolerance/${broken}`, { code: name });
  }
  await open();
  await section('Allergies').getByText('2 of 3 could not be read').click();
  await expect
    .element(
      section('Allergies')
        .getByText(/cannot be read: the field code/)
        .first(),
    )
    .toBeVisible();
});

test('an appointment tells what became of it, who called it off and why, and its place in the series', async () => {
  const { clinic, id, patient, open } = await clinicWithOkafor();
  const course = await clinic.create(inductionRecord(id));
  const appointment = (fields: Partial<Appointment>): Appointment => ({
    resourceType: 'Appointment',
    status: 'booked',
    serviceType: [{ coding: [local('induction')] }],
    supportingInformation: [{ reference: `CarePlan/${course}` }],
    participant: [{ actor: patient, status: 'accepted' }],
    ...fields,
  });
  await clinic.create(
    appointment({
      status: 'cancelled',
      cancelationReason: { text: 'Patient: has a cold' },
      participant: [{ actor: patient, status: 'declined' }],
      start: '2026-11-20T15:00:00Z',
      end: '2026-11-20T16:00:00Z',
    }),
  );
  await clinic.create(appointment({ start: '2026-11-24T15:00:00Z', end: '2026-11-24T16:00:00Z' }));
  await clinic.create(appointment({ start: '2026-11-26T15:00:00Z', end: '2026-11-26T16:00:00Z' }));
  await open('?section=appointments');
  const rows = page.getByRole('table', { name: /^Appointments/ }).getByRole('row');
  await expect.element(rows.nth(1)).toMatchTextContent(/Thu 26 Nov 10:00.*Induction infusion 2 of 6.*Booked/);
  await expect.element(rows.nth(2)).toMatchTextContent(/Tue 24 Nov 10:00.*Induction infusion 1 of 6/);
  await expect
    .element(rows.nth(3))
    .toMatchTextContent(/Fri 20 Nov 10:00.*Cancelled.*by the patient: has a cold/);
});

test('a session that was held and waits to be signed counts in the series', async () => {
  const { clinic, id, patient, open } = await clinicWithOkafor();
  const course = await clinic.create(inductionRecord(id));
  const appointment = (day: number, status: Appointment['status']): Appointment => ({
    resourceType: 'Appointment',
    status,
    serviceType: [{ coding: [local('induction')] }],
    supportingInformation: [{ reference: `CarePlan/${course}` }],
    participant: [{ actor: patient, status: 'accepted' }],
    start: `2026-11-${day}T15:00:00Z`,
    end: `2026-11-${day}T16:00:00Z`,
  });
  const held = await clinic.create(appointment(20, 'fulfilled'));
  await clinic.create(appointment(24, 'booked'));
  await clinic.create({
    resourceType: 'Encounter',
    status: 'in-progress',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [{ coding: [local('ketamine-infusion')] }, { coding: [local('phase-induction')] }],
    subject: patient,
    appointment: [{ reference: `Appointment/${held}` }],
    period: { start: '2026-11-20T15:00:00Z' },
  });
  await open();
  await expect
    .element(section(/^Next appointments/))
    .toMatchTextContent(/Tue 24 Nov 10:00.*Induction infusion 2 of 6/);
});

describe('the due list of a patient', () => {
  const task = (patient: { reference: string }, fields: Partial<Task>): Task => ({
    resourceType: 'Task',
    status: 'requested',
    intent: 'plan',
    code: { coding: [local('maintenance-infusion')] },
    for: patient,
    executionPeriod: { start: '2026-11-20T05:00:00Z', end: '2026-11-20T05:00:00Z' },
    restriction: { period: { end: '2026-11-20T05:00:00Z' } },
    ...fields,
  });

  test('holds calls below the reminder that they were made for, and closed ones with their reason', async () => {
    const { clinic, patient, open } = await clinicWithOkafor();
    const due = await clinic.create(task(patient, {}));
    await clinic.create(task(patient, { status: 'rejected', statusReason: { text: 'wants to wait' } }));
    const call = (fields: Partial<Communication>): Communication => ({
      resourceType: 'Communication',
      status: 'not-done',
      statusReason: { text: 'no answer' },
      category: [{ coding: [local('contact-attempt')] }],
      medium: [{ text: 'Phone' }],
      subject: patient,
      sent: '2026-11-20T16:12:00Z',
      sender: { reference: 'Practitioner/kaya', display: 'Deniz Kaya' },
      ...fields,
    });
    await clinic.create(call({ basedOn: [{ reference: `Task/${due}` }] }));
    await clinic.create(
      call({ status: 'completed', statusReason: undefined, payload: [{ contentString: 'Thursdays' }] }),
    );
    await open('?section=due');
    await expect
      .element(section('Due list').getByRole('list', { name: 'Calls' }))
      .toMatchTextContent(/Fri 20 Nov 11:12.*Phone.*not reached: no answer.*Deniz Kaya/);
    await expect.element(section('Due list')).toMatchTextContent(/due 20 Nov 2026 3 d over/);
    await expect
      .element(section('Past reminders'))
      .toMatchTextContent(/declined: wants to wait, was due 20 Nov 2026/);
    await expect.element(section(/^Other calls/)).toMatchTextContent(/reached.*Thursdays/);
  });

  test('is in the banner with the reason, as far as the records tell it', async () => {
    const { clinic, patient, open } = await clinicWithOkafor();
    await clinic.create(task(patient, {}));
    await open();
    await expect.element(facts()).toMatchTextContent(/Next due 20 Nov 2026, 3 d over\s*why/);
    await page.getByRole('button', { name: 'why' }).click();
    await expect
      .element(page.getByRole('dialog', { name: 'Why it is due then' }))
      .toMatchTextContent(/due 20 Nov 2026\..*The records do not say more\./);
  });

  test('of whom somebody called says so after how late it is', async () => {
    const { clinic, patient, open } = await clinicWithOkafor();
    await clinic.create(task(patient, { status: 'received' }));
    await open();
    await expect.element(facts()).toMatchTextContent(/Next due 20 Nov 2026, 3 d over, called\s*why/);
  });

  test('that was closed since nobody may call says so in the banner', async () => {
    const { clinic, patient, open } = await clinicWithOkafor();
    await clinic.create(
      task(patient, { status: 'cancelled', statusReason: { text: 'Asked not to be contacted' } }),
    );
    await open();
    await expect.element(facts().getByText('Do not contact')).toBeVisible();
  });
});

test('an old order of ketamine stands by itself, above all that others prescribed since', async () => {
  const { clinic, patient, open } = await clinicWithOkafor();
  const prescription = (drug: MedicationRequest['medicationCodeableConcept'], authoredOn: string) =>
    clinic.create({
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      subject: patient,
      authoredOn,
      ...(drug && { medicationCodeableConcept: drug }),
    });
  await prescription({ coding: [KETAMINE], text: 'ketamine' }, '2016-01-07');
  const days = Array.from({ length: 55 }, (_, day) =>
    Temporal.PlainDate.from('2026-01-01').add({ days: day }),
  );
  await Promise.all(days.map((day) => prescription({ text: 'Ibuprofen' }, day.toString())));
  await open('?section=orders&page=2');
  await expect
    .element(section('Ketamine orders').getByRole('rowheader', { name: '7 Jan 2016' }))
    .toBeVisible();
  const others = section('Other prescriptions');
  await expect.element(others.getByText('Rows 51–55 of 55')).toBeVisible();
  expect(others.getByRole('rowheader').elements()).toHaveLength(5);
  await expect.element(others.getByText(/ketamine|2016/)).not.toBeInTheDocument();
});

test('a course without consent says so in the banner; a consent says how long it holds', async () => {
  const { clinic, id, open } = await clinicWithOkafor();
  await clinic.create(inductionRecord(id));
  const lapsed = { period: { start: '2025-11-01', end: '2026-11-01' } };
  await clinic.create({ ...consentRecord(id), provision: lapsed });
  await open('?section=orders');
  await expect.element(facts().getByText('No valid consent')).toBeVisible();
  await expect.element(section('Consent')).toMatchTextContent(/lapsed 1 Nov 2026/);
});

test('the course bar tells the phase, how far it is, and why it rests', async () => {
  const { clinic, id, open } = await clinicWithOkafor();
  await clinic.create({
    ...inductionRecord(id),
    status: 'on-hold',
    activity: [
      {
        detail: {
          status: 'on-hold',
          statusReason: { text: 'blood pressure' },
          scheduledTiming: { repeat: { count: 6, frequency: 3, period: 1, periodUnit: 'wk' } },
        },
      },
    ],
  });
  await open();
  await expect
    .element(section('Course').getByRole('listitem').nth(1))
    .toHaveAttribute('aria-current', 'step');
  await expect.element(section('Course')).toMatchTextContent(/Induction.*0 of 6.*Paused: blood pressure/);
});
