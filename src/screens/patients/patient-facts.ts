import { queryOptions } from '@tanstack/react-query';
import { toAppointment, type Appointment } from '#src/features/appointments/appointment.ts';
import { toCourse, type Course, lastSessionId } from '#src/features/courses/course.ts';
import { toAllergy, type Allergy } from '#src/features/patients/allergy.ts';
import { consentOn, toConsent, type ConsentState } from '#src/features/patients/consent.ts';
import { surnameOf } from '#src/features/patients/patient.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { fold } from '#src/lib/text.ts';
import type { Clinic } from '#src/config/clinic.ts';
import type { Role } from '#src/config/config.ts';
import { clinicDay } from '#src/lib/time.ts';
import { sessionDay, toUnsignedNote } from '#src/features/sessions/session.ts';
import { askForFacts, type FactKind, type Found } from './fact-questions.ts';
import type { PatientsRow } from './patients-query.ts';

export type { FactKind };

/** What a list says about a patient beyond the record: unknown where the server would not or could not answer. */
export interface PatientFacts {
  readonly course: Course | undefined;
  readonly nextAppointment: Appointment | undefined;
  readonly lastSession: Temporal.PlainDate | undefined;
  readonly allergies: readonly Allergy[];
  readonly consent: ConsentState;
  /** Days of sessions that nobody has signed yet. */
  readonly unsigned: readonly Temporal.PlainDate[];
}

export interface FactsOfPage {
  readonly byPatient: ReadonlyMap<string, PatientFacts>;
  /** Surnames of those who come today, folded, with the patients who bear them. */
  readonly surnamesToday: ReadonlyMap<string, ReadonlySet<string>>;
  readonly missing: ReadonlySet<FactKind>;
}

/** The facts about the patients of a page, in one batch: those that the role may read. */
export function patientFacts(clinic: Clinic, role: Role | undefined, rows: readonly PatientsRow[]) {
  const records = rows.filter((row) => row.kind === 'record');
  const ids = [...new Set(records.map(({ patient }) => patient.id))].toSorted();
  const known = records.flatMap(({ item }) => item.course ?? []);
  const { timeZone } = clinic.config.clinic;
  const today = clinicDay(clinic.now(), timeZone);
  const sessions = sessionsOf(known);
  return queryOptions({
    queryKey: ['Patient', 'facts', ids, sessions, today.toString(), role],
    enabled: ids.length > 0,
    queryFn: async ({ signal }): Promise<FactsOfPage> => {
      // A page of unreadable rows alone.
      if (ids.length === 0) return { byPatient: new Map(), surnamesToday: new Map(), missing: new Set() };
      const asking = { ids, sessions, role, today, askForCourses: known.length === 0 };
      return factsOf(await askForFacts(clinic, asking, signal), ids, known, timeZone, today);
    },
  });
}

function factsOf(
  found: Found,
  ids: readonly string[],
  known: readonly Course[],
  timeZone: string,
  today: Temporal.PlainDate,
): FactsOfPage {
  const { resources } = found;
  const missing = new Set(found.missing);
  // One record that cannot be read, or does not say whose it is, makes the whole kind incomplete: silence would read
  // as "none".
  const grouped = <T>(
    kind: FactKind,
    read: (resource: RawResource) => T,
    patientsOf: (item: T) => readonly (string | undefined)[],
  ): ReadonlyMap<string, readonly T[]> => {
    const groups = new Map<string, T[]>(ids.map((id) => [id, []]));
    for (const resource of resources[kind]) {
      try {
        const item = read(resource);
        const lists = patientsOf(item)
          .map((id) => groups.get(id ?? ''))
          .filter((list) => list !== undefined);
        if (lists.length === 0) missing.add(kind);
        for (const list of lists) list.push(item);
      } catch {
        missing.add(kind);
      }
    }
    return groups;
  };
  const ofPatient = ({ patientId }: { readonly patientId: string | undefined }) => [patientId];
  const courses = grouped('courses', toCourse, ofPatient);
  const appointments = grouped('appointments', toTimedAppointment, ({ patientIds }) => patientIds);
  const allergies = grouped('allergies', toAllergy, ofPatient);
  const consents = grouped('consents', (one) => toConsent(one, timeZone), ofPatient);
  const unsigned = grouped('unsigned sessions', (one) => toUnsignedNote(one, timeZone), ofPatient);
  const days = new Map(resources['last sessions'].map((one) => [one.id, sessionDay(one, timeZone)]));
  if (sessionsOf(known).some((session) => days.get(session) === undefined)) missing.add('last sessions');
  if (resources['appointments of today'].some((one) => !namesItsPatients(one, found.patientsToday))) {
    missing.add('appointments of today');
  }
  const byPatient = new Map(
    ids.map((id) => {
      const own = known.filter(({ patientId }) => patientId === id);
      return [
        id,
        {
          course: own[0] ?? courses.get(id)?.[0],
          nextAppointment: appointments
            .get(id)
            ?.toSorted((a, b) => Temporal.Instant.compare(a.start, b.start))[0],
          lastSession: sessionsOf(own)
            .flatMap((session) => days.get(session) ?? [])
            .toSorted(Temporal.PlainDate.compare)
            .at(-1),
          allergies: (allergies.get(id) ?? []).filter(({ current }) => current),
          consent: consentOn(consents.get(id) ?? [], today),
          unsigned: (unsigned.get(id) ?? []).map(({ day }) => day),
        } satisfies PatientFacts,
      ] as const;
    }),
  );
  return { byPatient, surnamesToday: surnames(found.patientsToday), missing };
}

/** The last signed session of each course. */
function sessionsOf(courses: readonly Course[]): readonly string[] {
  return courses.flatMap((course) => lastSessionId(course) ?? []);
}

/** An appointment without a time would be taken for none. */
function toTimedAppointment(resource: RawResource): Appointment & { readonly start: Temporal.Instant } {
  const { start, ...appointment } = toAppointment(resource);
  if (start === undefined) throw new Error('the field start is no time');
  return { ...appointment, start };
}

function namesItsPatients(appointment: RawResource, patients: readonly RawResource[]): boolean {
  try {
    return toAppointment(appointment).patientIds.every((id) => patients.some((patient) => patient.id === id));
  } catch {
    return false;
  }
}

function surnames(patients: readonly RawResource[]): ReadonlyMap<string, ReadonlySet<string>> {
  const bearers = new Map<string, Set<string>>();
  for (const resource of patients) {
    const { id } = resource;
    const surname = fold(surnameOf(resource) ?? '');
    if (id === undefined || surname === '') continue;
    bearers.set(surname, (bearers.get(surname) ?? new Set()).add(id));
  }
  return bearers;
}
