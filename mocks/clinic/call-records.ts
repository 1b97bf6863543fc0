import type { CodeableConcept, Communication } from 'fhir/r4';
import { callsFor, type Call } from './calls.ts';
import type { ClinicTime } from './clinic-time.ts';
import { recordId, type Person } from './person.ts';
import { localConcept, toPatient, toStaff } from './references.ts';
import { reminderId } from './reminder-records.ts';
import type { Reminder } from './reminder.ts';
import { deskOf, nurseOf } from './staff.ts';

const MEDIA: Readonly<Record<Call['medium'], CodeableConcept>> = {
  phone: medium('PHONE', 'telephone', 'Phone'),
  text: medium('SMSWRIT', 'SMS message', 'Text message'),
};

const NOT_REACHED: CodeableConcept = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/communication-not-done-reason',
      code: 'recipient-unavailable',
      display: 'Recipient Unavailable',
    },
  ],
  text: 'No answer',
};

/** The call log: every attempt that was made for the reminders of a patient. */
export function callRecords(
  person: Person,
  reminders: readonly Reminder[],
  time: ClinicTime,
): Communication[] {
  const calls = reminders.flatMap((reminder, place) =>
    callsFor(person, reminder, time).map((call) => ({ call, reminder, place })),
  );
  return calls.map(({ call, reminder, place }, index) => ({
    resourceType: 'Communication',
    id: recordId('call', person, index + 1),
    basedOn: [{ reference: `Task/${reminderId(person, place)}` }],
    status: call.reached ? 'completed' : 'not-done',
    ...(!call.reached && { statusReason: NOT_REACHED }),
    category: [localConcept('contact-attempt')],
    medium: [MEDIA[call.medium]],
    subject: toPatient(person),
    sent: time.at(call.day, call.minute),
    recipient: [toPatient(person)],
    // Nurses ask how the patient is, the desk finds a date.
    sender: toStaff(
      reminder.code === 'follow-up-call' ? nurseOf({ day: call.day, chair: place }) : deskOf(call.day),
    ),
    note: [{ text: call.said }],
  }));
}

function medium(code: string, display: string, text: string): CodeableConcept {
  return {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationMode', code, display }],
    text,
  };
}
