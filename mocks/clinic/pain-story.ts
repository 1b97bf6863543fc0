import type { CoursePlan } from './course-desk.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import type { SessionFacts } from './session-facts.ts';

/** How a person's pain goes over time, before anybody asks for it. */
export interface PainStory {
  /** Without treatment, 4 to 9. */
  readonly baseline: number;
  readonly responder: boolean;
  /** The share of the pain that is gone on a day, before a session of that day: 0 to 1. */
  relief(day: number): number;
}

/** Relief after one session, and the time constant with which it fades. */
interface Episode {
  readonly day: number;
  readonly peak: number;
  readonly tau: number;
}

/** Relief has worn off when it falls below this. */
const THRESHOLD = 0.3;
/** What is left to gain of a series' whole effect after its last session. */
const SERIES_REST = 0.12;
const NEVER = 400;
/** What a course that was stopped relieves, of what the person's courses relieve else. */
const LITTLE = 0.25;

/**
 * A person's pain: it eases over a series, and comes back at the person's own pace after it. `stretch` is how much
 * slower than by nature that is.
 */
export function painStory(
  person: Person,
  courses: readonly CoursePlan[],
  sessions: readonly SessionFacts[],
  stretch = 1,
): PainStory {
  const random = person.random('pain');
  const baseline = random.weighted(BASELINES);
  const responder = random.chance(responderShare(person, courses, sessions));
  const most = responder ? 0.48 + 0.37 * random.next() : 0.05 + 0.2 * random.next();
  const pace = paceOf(person, courses, sessions, random) * stretch;
  const episodes: Episode[] = [];
  for (const { plan, visit, protocol, voided, random: own } of sessions) {
    if (voided) continue;
    const chance = own('relief');
    const before = reliefAt(episodes, visit.slot.day);
    // An earlier course that was stopped had helped little; the next one was another try.
    const helps = plan.status === 'revoked' && plan !== courses.at(-1) ? LITTLE : 1;
    const reach = helps * most * (0.93 + 0.14 * chance.next());
    const gain = visit.service === 'induction' ? 1 - SERIES_REST ** (1 / protocol.sessions) : 0.92;
    const peak = Math.min(0.95, Math.max(before, before + (reach - before) * gain));
    const lasts = pace * Math.exp(0.13 * bell(chance));
    episodes.push({ day: visit.slot.day, peak, tau: timeConstant(peak, lasts) });
  }
  return { baseline, responder, relief: (day) => reliefAt(episodes, day) };
}

/** About normal, mean 0 and deviation 1. */
export function bell(random: Random): number {
  return (random.next() + random.next() + random.next() - 1.5) * 2;
}

const BASELINES = [
  [6, 4],
  [14, 5],
  [24, 6],
  [28, 7],
  [20, 8],
  [8, 9],
] as const;

/** Who goes on coming for maintenance does so because it helps; who felt nothing leaves after a session or two. */
function responderShare(
  { story }: Person,
  courses: readonly CoursePlan[],
  sessions: readonly SessionFacts[],
): number {
  const current = courses.at(-1);
  const kept = sessions.filter(({ plan, visit, voided }) => {
    return plan === current && visit.service === 'maintenance' && !voided;
  });
  if (kept.length > 2) return 1;
  if (story.phase === 'maintenance') return story.bucket === 'review' ? 0.5 : 0.65;
  if (story.phase === 'ended') return story.how === 'stopped' ? 0.2 : 0.6;
  return 0.62;
}

/** Days from the end of a series or a maintenance session until most of the relief is gone. */
function paceOf(
  { story }: Person,
  courses: readonly CoursePlan[],
  sessions: readonly SessionFacts[],
  random: Random,
): number {
  const slow = random.chance(0.08);
  const spread = bell(random);
  const last = sessions.at(-1);
  if (story.phase === 'maintenance' && story.bucket === 'review' && last !== undefined) {
    return Math.max(12, -last.visit.slot.day * 0.6);
  }
  const current = courses.at(-1);
  const usual = current?.protocol?.maintenanceIntervalDays ?? 0;
  // An interval well below the protocol's was chosen because relief had been seen to last no longer.
  if (current !== undefined && current.intervalDays > 0 && current.intervalDays < usual - 6) {
    return current.intervalDays * (1 + 0.05 * spread);
  }
  if (slow) return NEVER;
  const repeated = sessions.filter(({ visit }) => visit.service === 'maintenance').length > 1;
  const days = (repeated ? 92 : 55) * Math.exp((repeated ? 0.25 : 0.5) * spread);
  return Math.min(110, Math.max(15, days));
}

/** Such that relief of `peak` has fallen to the threshold after `days`. */
function timeConstant(peak: number, days: number): number {
  return peak > THRESHOLD * 1.1 ? days / Math.cbrt(peak / THRESHOLD - 1) : 14;
}

/** After the last session before the day. */
function reliefAt(episodes: readonly Episode[], day: number): number {
  const episode = episodes.findLast((one) => one.day < day);
  return episode === undefined ? 0 : episode.peak / (1 + ((day - episode.day) / episode.tau) ** 3);
}
