import config from '../config.json' with { type: 'json' };
import type { CoursePlan } from './course-desk.ts';
import { baselinePain } from './outcome-records.ts';
import { painStory, type PainStory } from './pain-story.ts';
import type { Person } from './person.ts';
import type { Contact } from './score-contacts.ts';
import { scoreSheets, type ScoreSheet } from './score-records.ts';
import type { SessionFacts } from './session-facts.ts';

/** A person's pain and the scores that tell of it. */
export interface ToldStory {
  readonly story: PainStory;
  readonly sheets: readonly ScoreSheet[];
}

/** How much slower or faster than by nature relief may fade, in the order in which it is tried. */
const STRETCHES = [
  1, 1.06, 1.12, 0.95, 1.18, 1.25, 1.32, 0.9, 1.4, 1.5, 0.85, 1.65, 0.8, 1.8, 0.75, 2.1, 2.6, 3.4, 1.03, 1.09,
  1.15, 0.98, 0.92, 0.87,
];
/** A difference of so many days is what a rounded interval leaves. */
const CLOSE_ENOUGH = 1;
const OBSERVED = { fewest: 2, latest: 3 };

/**
 * The pain of a person and its scores, such that the interval in force is the one that follows from these scores: a
 * clinic would have set no other.
 */
export function toldStory(
  person: Person,
  courses: readonly CoursePlan[],
  sessions: readonly SessionFacts[],
  contacts: readonly Contact[],
): ToldStory {
  const plan = courses.at(-1);
  let best: (ToldStory & { readonly off: number }) | undefined;
  for (const stretch of STRETCHES) {
    const story = painStory(person, courses, sessions, stretch);
    const sheets = scoreSheets(person, story, sessions, contacts);
    const off =
      plan?.phase === 'maintenance'
        ? Math.abs((intervalFrom(plan, sessions, sheets) ?? plan.intervalDays) - plan.intervalDays)
        : 0;
    if (best === undefined || off < best.off) best = { story, sheets, off };
    if (off <= CLOSE_ENOUGH) break;
  }
  if (best === undefined) throw new Error('No stretch was tried');
  return best;
}

/**
 * The days between maintenance sessions that follow from the scores of a course: the protocol's, or with enough
 * observed durations the median of the last ones where that is less. Nothing for a course without sessions.
 */
export function intervalFrom(
  { protocol, ...plan }: CoursePlan,
  sessions: readonly SessionFacts[],
  sheets: readonly ScoreSheet[],
): number | undefined {
  const own = sessions.filter(({ plan: { ordinal }, voided }) => ordinal === plan.ordinal && !voided);
  const [first] = own;
  if (protocol === undefined || first === undefined) return undefined;
  const { maintenanceIntervalDays: usual, minimumIntervalDays: least } = protocol;
  const baseline = baselinePain(sheets, first);
  const durations = baseline === undefined ? [] : reliefDurations(baseline, own, sheets);
  if (durations.length < OBSERVED.fewest) return usual;
  const latest = durations.slice(-OBSERVED.latest).toSorted((a, b) => a - b);
  const middle = ((latest[(latest.length - 1) >> 1] ?? 0) + (latest[latest.length >> 1] ?? 0)) / 2;
  return Math.max(least, Math.min(usual, Math.round(middle)));
}

/** How long relief was seen to last after the series and after each maintenance session; without those it outlasted. */
function reliefDurations(
  baseline: number,
  sessions: readonly SessionFacts[],
  sheets: readonly ScoreSheet[],
): number[] {
  const worn = baseline * (1 - config.responseThreshold);
  const from = sessions.findLastIndex(({ visit }) => visit.service === 'induction');
  return sessions.slice(Math.max(0, from)).flatMap(({ visit: { slot } }, place) => {
    const until = sessions[Math.max(0, from) + place + 1]?.visit.slot.day ?? Infinity;
    const scores = sheets.flatMap(({ day, pain, session }) =>
      pain !== undefined && session?.voided !== true && day > slot.day && day <= until ? [{ day, pain }] : [],
    );
    const crossing = scores.findIndex(({ pain }) => pain > worn);
    const above = scores[crossing];
    const below = scores[crossing - 1];
    if (above === undefined || below === undefined) return [];
    const share = (worn - below.pain) / (above.pain - below.pain);
    return [below.day + share * (above.day - below.day) - slot.day];
  });
}
