import { queryOptions } from '@tanstack/react-query';
import { toAppointment, type Appointment } from '#src/features/appointments/appointment.ts';
import { toCourse, type Course, lastSessionId } from '#src/features/courses/course.ts';
import { toAllergy, type Allergy } from '#src/features/patients/allergy.ts';
import { consentOn, toConsent, type ConsentState } from '#src/features/patients/consent.ts';
import { patientReferences } from '#src/features/patients/list-page.ts';
import { surnameOf } from '#src/features/patients/patient.ts';
import { FhirError } from '#src/fhir/error.ts';
import { localToken } from '#src/fhir/codes.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import type { FhirClient } from '#src/fhir/client.ts';
import { anyOf, searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import type { Clinic } from '#src/config/clinic.ts';
import type { Role } from '#src/config/config.ts';
import { can } from '#src/identity/permissions.ts';
import { clinicDay, dayStart } from '#src/lib/time.ts';
import { sessionDay, toUnsignedNote } from '#src/features/sessions/session.ts';
import type { PatientsRow } from './patients-query.ts';

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

/** Which kinds of facts are missing because their part of the request failed. */
export type FactKind =
  | 'courses'
  | 'appointments'
  | 'appointments of today'
  | 'allergies'
  | 'consents'
  | 'unsigned sessions'
  | 'last sessions';

export interface FactsOfPage {
  readonly byPatient: ReadonlyMap<string, PatientFacts>;
  /** Surnames as shown of those who come today, with the patients who bear them. */
  readonly surnamesToday: ReadonlyMap<string, ReadonlySet<string>>;
  readonly missing: ReadonlySet<FactKind>;
}

/** Far more than a page of patients has; where a server caps it lower, the rest is fetched. */
const ROWS_PER_SEARCH = 500;

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
      const ask = questions(clinic, { ids, sessions, role, today, askForCourses: known.length === 0 });
      return factsOf(await gather(clinic.fhir, ask, signal), ids, known, timeZone, today);
    },
  });
}

interface Found {
  readonly patientsToday: readonly RawResource[];
  readonly resources: Readonly<Record<FactKind, readonly RawResource[]>>;
  readonly missing: ReadonlySet<FactKind>;
}

type Questions = Readonly<Partial<Record<FactKind, SearchRequest>>>;

interface Asking {
  readonly ids: readonly string[];
  readonly sessions: readonly string[];
  readonly role: Role | undefined;
  readonly today: Temporal.PlainDate;
  readonly askForCourses: boolean;
}

function questions({ config }: Clinic, { ids, sessions, role, today, askForCourses }: Asking): Questions {
  const patient = patientReferences(ids);
  const _count = ROWS_PER_SEARCH;
  const { timeZone } = config.clinic;
  const live = { status: 'booked,arrived,checked-in', _sort: 'date', _count };
  return {
    ...(askForCourses && {
      courses: searchRequest('CarePlan', {
        patient,
        category: localToken('ketamine-course'),
        status: 'active,on-hold',
        _sort: '-date,_id',
        _count,
      }),
    }),
    appointments: searchRequest('Appointment', { ...live, patient, date: `ge${dayStart(today, timeZone)}` }),
    // Everybody's of today, since a surname is confused with that of somebody on another page too.
    'appointments of today': searchRequest('Appointment', {
      ...live,
      date: [`ge${dayStart(today, timeZone)}`, `lt${dayStart(today.add({ days: 1 }), timeZone)}`],
      _include: 'Appointment:patient',
    }),
    // By patient alone: an allergy whose status was never recorded would not answer a search by status.
    allergies: searchRequest('AllergyIntolerance', { patient, _count }),
    consents: searchRequest('Consent', { patient, status: 'active', _count }),
    ...(can(role, 'session.read') && {
      'unsigned sessions': searchRequest('Composition', {
        patient,
        type: localToken('infusion-session-note'),
        status: 'preliminary',
        _count,
      }),
    }),
    ...(sessions.length > 0 && {
      'last sessions': searchRequest('Encounter', { _id: anyOf(sessions), _count }),
    }),
  };
}

async function gather(fhir: FhirClient, ask: Questions, signal: AbortSignal): Promise<Found> {
  const kinds = FACT_KINDS.filter((kind) => ask[kind] !== undefined);
  const answers = await fhir.searchMany(
    kinds.flatMap((kind) => ask[kind] ?? []),
    { signal },
  );
  const resources: Record<FactKind, readonly RawResource[]> = {
    courses: [],
    appointments: [],
    'appointments of today': [],
    allergies: [],
    consents: [],
    'unsigned sessions': [],
    'last sessions': [],
  };
  const missing = new Set<FactKind>();
  const patientsToday: RawResource[] = [];
  await Promise.all(
    kinds.map(async (kind, index) => {
      const answer = answers[index];
      if (answer === undefined || answer instanceof FhirError) {
        missing.add(kind);
        return;
      }
      // What did come is shown: a known allergy counts, whatever else was lost.
      if (answer.problems.length > 0) missing.add(kind);
      resources[kind] = answer.matches;
      if (kind === 'appointments of today') patientsToday.push(...answer.included.values());
      if (answer.next === undefined) return;
      try {
        const rest = await fhir.searchAll({ next: answer.next }, { signal, maxRows: 10 * ROWS_PER_SEARCH });
        resources[kind] = [...answer.matches, ...rest.matches];
        if (kind === 'appointments of today') patientsToday.push(...rest.included.values());
        if (!rest.complete || rest.problems.length > 0) missing.add(kind);
      } catch (error) {
        if (!(error instanceof FhirError)) throw error;
        missing.add(kind);
      }
    }),
  );
  return { patientsToday, resources, missing };
}

const FACT_KINDS: readonly FactKind[] = [
  'courses',
  'appointments',
  'appointments of today',
  'allergies',
  'consents',
  'unsigned sessions',
  'last sessions',
];

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
    const surname = surnameOf(resource);
    if (id === undefined || surname === undefined) continue;
    bearers.set(surname, (bearers.get(surname) ?? new Set()).add(id));
  }
  return bearers;
}
