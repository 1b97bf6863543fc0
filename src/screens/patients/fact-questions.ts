import { appointmentsAhead, appointmentsToday } from '#src/features/appointments/appointment-queries.ts';
import { coursesOf } from '#src/features/courses/course-queries.ts';
import { allergiesOf } from '#src/features/patients/allergy-queries.ts';
import { consentsOf } from '#src/features/patients/consent-queries.ts';
import type { Reading } from '#src/features/patients/reading.ts';
import { sessionsById, unsignedNotesOf } from '#src/features/sessions/session-queries.ts';
import type { FhirClient } from '#src/fhir/client.ts';
import { FhirError } from '#src/fhir/error.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import type { SearchRequest } from '#src/fhir/search.ts';
import type { Role } from '#src/config/config.ts';
import { can } from '#src/identity/permissions.ts';

/** What is asked about the patients of a page. */
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
  /** Kinds whose question failed, in whole or in part. */
  readonly missing: ReadonlySet<FactKind>;
  /** Those of them of which an earlier answer, then complete, stands here instead. */
  readonly kept: ReadonlySet<FactKind>;
}

type Questions = Readonly<Partial<Record<FactKind, SearchRequest>>>;

export interface Asking {
  readonly ids: readonly string[];
  readonly sessions: readonly string[];
  readonly role: Role | undefined;
  readonly reading: Reading;
  readonly askForCourses: boolean;
}

/** One search for each kind of fact that the role may read. */
function questions({ ids, sessions, role, reading, askForCourses }: Asking): Questions {
  const count = ROWS_PER_SEARCH;
  return {
    ...(askForCourses && { courses: coursesOf(ids, { which: 'running', count }) }),
    appointments: appointmentsAhead(ids, reading, count),
    // Everybody's of today, since a surname is confused with that of somebody on another page too.
    'appointments of today': appointmentsToday(reading, count),
    allergies: allergiesOf(ids, count),
    consents: consentsOf(ids, count),
    ...(can(role, 'session.read') && { 'unsigned sessions': unsignedNotesOf(ids, reading, count) }),
    ...(sessions.length > 0 && { 'last sessions': sessionsById(sessions, count) }),
  };
}

/**
 * Asks about the patients of a page in one batch. A kind that failed, in whole or in part, is missing; of one that
 * failed in whole what was found `earlier` is kept. Throws the FhirError where nothing at all was answered.
 */
export async function askForFacts(
  fhir: FhirClient,
  asking: Asking,
  { signal, earlier }: { readonly signal: AbortSignal; readonly earlier?: Found | undefined },
): Promise<Found> {
  const ask = questions(asking);
  const kinds = FACT_KINDS.filter((kind) => ask[kind] !== undefined);
  const answers = await fhir.searchMany(
    kinds.flatMap((kind) => ask[kind] ?? []),
    { signal },
  );
  const [first] = answers;
  if (first instanceof FhirError && answers.every((answer) => answer instanceof FhirError)) throw first;
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
  const kept = new Set<FactKind>();
  const patientsToday: RawResource[] = [];
  await Promise.all(
    kinds.map(async (kind, index) => {
      const answer = answers[index];
      if (answer === undefined || answer instanceof FhirError) {
        missing.add(kind);
        if (earlier === undefined) return;
        if (!earlier.missing.has(kind) || earlier.kept.has(kind)) kept.add(kind);
        resources[kind] = earlier.resources[kind];
        if (kind === 'appointments of today') patientsToday.push(...earlier.patientsToday);
        return;
      }
      // What did come is shown: a known allergy counts, whatever else was lost.
      if (answer.problems.length > 0) missing.add(kind);
      resources[kind] = answer.matches;
      if (kind === 'appointments of today') patientsToday.push(...answer.included.values());
      if (answer.next === undefined) return;
      // A list must not cost more the more patients the clinic has: of everybody's day only the first rows are read.
      const most = kind === 'appointments of today' ? ROWS_PER_SEARCH : 10 * ROWS_PER_SEARCH;
      const maxRows = most - answer.matches.length;
      if (maxRows <= 0) {
        missing.add(kind);
        return;
      }
      try {
        const rest = await fhir.searchAll({ next: answer.next }, { signal, maxRows });
        resources[kind] = [...answer.matches, ...rest.matches];
        if (kind === 'appointments of today') patientsToday.push(...rest.included.values());
        if (!rest.complete || rest.problems.length > 0) missing.add(kind);
      } catch (error) {
        if (!(error instanceof FhirError)) throw error;
        missing.add(kind);
      }
    }),
  );
  return { patientsToday, resources, missing, kept };
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
