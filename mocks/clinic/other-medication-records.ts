import type { MedicationStatement } from 'fhir/r4';
import type { ClinicTime } from './clinic-time.ts';
import { recordId, type Person } from './person.ts';
import { toPatient } from './references.ts';

const MEDICATIONS = [
  ['Gabapentin', '300 mg, 3 times a day'],
  ['Pregabalin', '75 mg, 2 times a day'],
  ['Duloxetine', '60 mg, once a day'],
  ['Amitriptyline', '25 mg at night'],
  ['Lisinopril', '10 mg, once a day'],
  ['Ibuprofen', '400 mg when needed'],
] as const;

/** What some patients take beside opioids, as they told it: text alone. */
export function otherMedicationRecords(
  person: Person,
  firstDay: number,
  time: ClinicTime,
): MedicationStatement[] {
  const random = person.random('medication');
  if (!random.chance(0.4)) return [];
  return random
    .shuffled(MEDICATIONS)
    .slice(0, random.whole(1, 2))
    .map(([text, dosage], index) => ({
      resourceType: 'MedicationStatement',
      id: recordId('medication', person, index + 1),
      status: 'active',
      medicationCodeableConcept: { text },
      subject: toPatient(person),
      effectivePeriod: { start: time.midnight(firstDay - 30 * (index + 2)) },
      dosage: [{ text: dosage }],
    }));
}
