import { queryOptions } from '@tanstack/react-query';
import { isSession, toAppointment, type Appointment } from '#src/features/appointments/appointment.ts';
import { toCourse, type Course, lastSessionId } from '#src/features/courses/course.ts';
import { allergyState, toAllergy, type AllergyState } from '#src/features/patients/allergy.ts';
import { consentOn, toConsent, type ConsentState } from '#src/features/patients/consent.ts';
import { surnameOf } from '#src/features/patients/patient.ts';
import { readingOf, type Reading } from '#src/features/patients/reading.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { fold } from '#src/lib/text.ts';
import { REFRESH_MS, type Clinic } from '#src/config/clinic.ts';
import type { Role } from '#src/config/config.ts';
import { sessionDay, toUnsignedNote } from '#src/features/sessions/session.ts';
import { askForFacts, type FactKind, type Found } from './fact-questions.ts';
import type { PatientsRow } from './patients-query.ts';

export type { FactKind };

/** What a list says about a patient beyond the record: unknown where the server would not or could not answer. */
export interface PatientFacts {
  readonly course: Course | undefined;
  readonly nextSession: Appointment | undefined;
  readonly nextConsultation: Appointment | undefined;
  readonly lastSession: Temporal.PlainDate | undefined;
  readonly allergies: AllergyState;
  readonly consent: ConsentState;
  /** Days before today of sessions that nobody has signed yet. */
  readonly unsigned: readonly Temporal.PlainDate[];
}

export interface FactsOfPage {
  readonly byPatient: ReadonlyMap<string, PatientFacts>;
  /** Surnames of those who come today, folded, with the patients who bear them. */
  readonly surnamesToday: ReadonlyMap<string, ReadonlySet<string>>;
  /** Kinds whose last answer failed, in whole or in part. */
  readonly missing: ReadonlySet<FactKind>;
  /** Those of them that show what an earlier answer said. */
  readonly kept: ReadonlySet<FactKind>;
}

/** With the answers themselves, so that the next failure can fall back on them. */
interface LoadedFacts extends FactsOfPage {
  readonly found: Found | undefined;
}

/** Whether none of a kind means that it is not known. */
export function isUnknown({ missing, kept }: FactsOfPage, kind: FactKind): boolean {
  return missing.has(kind) && !kept.has(kind);
}

/**
 * The facts about the patients of a page, in one batch: those that the role may read. The answer holds many types of
 * records: `meta.types` names them all, so that whoever writes one can find the queries that show it.
 */
export function patientFacts(clinic: Clinic, role: Role | undefined, rows: readonly PatientsRow[]) {
  const asked = askedAbout(clinic, role, rows);
  const { ids, sessions, reading } = asked;
  const queryKey = ['Patient', 'facts', ids, sessions, reading.today.toString(), role] as const;
  return queryOptions({
    queryKey,
    meta: {
      types: [
        'Patient',
        'CarePlan',
        'Appointment',
        'AllergyIntolerance',
        'Consent',
        'Composition',
        'Encounter',
      ],
    },
    enabled: ids.length > 0,
    queryFn: ({ client, signal }) =>
      load(clinic, asked, { signal, earlier: client.getQueryData<LoadedFacts>(queryKey)?.found }),
    refetchInterval: REFRESH_MS,
  });
}

/** The same facts, asked now and kept nowhere: for a file. Throws FhirError where nothing was answered. */
export function loadPatientFacts(
  clinic: Clinic,
  role: Role | undefined,
  rows: readonly PatientsRow[],
  signal: AbortSignal,
): Promise<FactsOfPage> {
  return load(clinic, askedAbout(clinic, role, rows), { signal });
}

function askedAbout(clinic: Clinic, role: Role | undefined, rows: readonly PatientsRow[]) {
  const records = rows.filter((row) => row.kind === 'record');
  const known = records.flatMap(({ item }) => item.course ?? []);
  return {
    ids: [...new Set(records.map(({ patient }) => patient.id))].toSorted(),
    known,
    sessions: sessionsOf(known),
    role,
    reading: readingOf(clinic),
    askForCourses: known.length === 0,
  };
}

async function load(
  { fhir }: Clinic,
  asked: ReturnType<typeof askedAbout>,
  options: Parameters<typeof askForFacts>[2],
): Promise<LoadedFacts> {
  // A page of unreadable rows alone.
  if (asked.ids.length === 0) {
    return {
      byPatient: new Map(),
      surnamesToday: new Map(),
      missing: new Set(),
      kept: new Set(),
      found: undefined,
    };
  }
  return factsOf(await askForFacts(fhir, asked, options), asked);
}

function factsOf(found: Found, { ids, known, reading }: ReturnType<typeof askedAbout>): LoadedFacts {
  const { resources } = found;
  const missing = new Set(found.missing);
  // One record that cannot be read, or does not say whose it is, makes the whole kind incomplete: silence would read
  // as "none".
  const grouped = <T>(
    kind: FactKind,
    read: (resource: RawResource, reading: Reading) => T,
    patientsOf: (item: T) => readonly (string | undefined)[],
  ): ReadonlyMap<string, readonly T[]> => {
    const groups = new Map<string, T[]>(ids.map((id) => [id, []]));
    for (const resource of resources[kind]) {
      try {
        const item = read(resource, reading);
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
  const consents = grouped('consents', toConsent, ofPatient);
  const unsigned = grouped('unsigned sessions', toUnsignedNote, ofPatient);
  const days = new Map(resources['last sessions'].map((one) => [one.id, sessionDay(one, reading)]));
  if (sessionsOf(known).some((session) => days.get(session) === undefined)) missing.add('last sessions');
  if (
    resources['appointments of today'].some((one) => !namesItsPatients(one, found.patientsToday, reading))
  ) {
    missing.add('appointments of today');
  }
  const byPatient = new Map(
    ids.map((id) => {
      const own = known.filter(({ patientId }) => patientId === id);
      const ahead = (appointments.get(id) ?? []).toSorted((a, b) =>
        Temporal.Instant.compare(a.start, b.start),
      );
      return [
        id,
        {
          course: own[0] ?? courses.get(id)?.[0],
          nextSession: ahead.find(isSession),
          nextConsultation: ahead.find((one) => !isSession(one)),
          lastSession: sessionsOf(own)
            .flatMap((session) => days.get(session) ?? [])
            .toSorted(Temporal.PlainDate.compare)
            .at(-1),
          allergies: allergyState(allergies.get(id) ?? []),
          consent: consentOn(consents.get(id) ?? [], reading.today),
          unsigned: (unsigned.get(id) ?? []).map(({ day }) => day),
        } satisfies PatientFacts,
      ] as const;
    }),
  );
  return {
    byPatient,
    surnamesToday: surnames(found.patientsToday, reading),
    missing,
    kept: found.kept,
    // A record that cannot be read makes a kind incomplete for the next time too.
    found: { ...found, missing },
  };
}

/** The last signed session of each course. */
function sessionsOf(courses: readonly Course[]): readonly string[] {
  return courses.flatMap((course) => lastSessionId(course) ?? []);
}

/** An appointment without a time would be taken for none. */
function toTimedAppointment(
  resource: RawResource,
  reading: Reading,
): Appointment & { readonly start: Temporal.Instant } {
  const { start, ...appointment } = toAppointment(resource, reading);
  if (start === undefined) throw new Error('the field start is no time');
  return { ...appointment, start };
}

function namesItsPatients(
  appointment: RawResource,
  patients: readonly RawResource[],
  reading: Reading,
): boolean {
  try {
    return toAppointment(appointment, reading).patientIds.every((id) =>
      patients.some((patient) => patient.id === id),
    );
  } catch {
    return false;
  }
}

function surnames(
  patients: readonly RawResource[],
  reading: Reading,
): ReadonlyMap<string, ReadonlySet<string>> {
  const bearers = new Map<string, Set<string>>();
  for (const resource of patients) {
    const { id } = resource;
    const surname = fold(surnameOf(resource, reading) ?? '');
    if (id === undefined || surname === '') continue;
    bearers.set(surname, (bearers.get(surname) ?? new Set()).add(id));
  }
  return bearers;
}
