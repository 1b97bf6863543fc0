import { patientReferences } from '#src/features/patients/list-page.ts';
import { localToken } from '#src/fhir/codes.ts';
import { FhirError } from '#src/fhir/error.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { anyOf, searchRequest, type SearchRequest } from '#src/fhir/search.ts';
import type { Clinic } from '#src/config/clinic.ts';
import type { Role } from '#src/config/config.ts';
import { can } from '#src/identity/permissions.ts';
import { dayStart } from '#src/lib/time.ts';

/** What is asked about the patients of a page; missing are those of which a part failed. */
export type FactKind =
  | 'courses'
  | 'appointments'
  | 'appointments of today'
  | 'allergies'
  | 'consents'
  | 'unsigned sessions'
  | 'last sessions';

/** Far more than a page of patients has; where a server caps it lower, the rest is fetched. */
const ROWS_PER_SEARCH = 500;

/** What the server said to the questions. */
export interface Found {
  readonly patientsToday: readonly RawResource[];
  readonly resources: Readonly<Record<FactKind, readonly RawResource[]>>;
  readonly missing: ReadonlySet<FactKind>;
}

type Questions = Readonly<Partial<Record<FactKind, SearchRequest>>>;

export interface Asking {
  readonly ids: readonly string[];
  readonly sessions: readonly string[];
  readonly role: Role | undefined;
  readonly today: Temporal.PlainDate;
  readonly askForCourses: boolean;
}

/** One search for each kind of fact that the role may read. */
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

/** Asks about the patients of a page in one batch. A kind that failed, in whole or in part, is missing. */
export async function askForFacts(clinic: Clinic, asking: Asking, signal: AbortSignal): Promise<Found> {
  const { fhir } = clinic;
  const ask = questions(clinic, asking);
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
