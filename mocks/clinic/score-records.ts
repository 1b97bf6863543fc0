import type { Observation, Provenance } from 'fhir/r4';
import type { ClinicTime } from './clinic-time.ts';
import {
  clamp,
  corrected,
  observation,
  tenths,
  type Observed,
  type ObservedKind,
} from './observation-parts.ts';
import { bell, type PainStory } from './pain-story.ts';
import { recordId, type Person } from './person.ts';
import type { Random } from './random.ts';
import { toPatient, toStaff } from './references.ts';
import type { Contact } from './score-contacts.ts';
import { isOnPaper, type SessionFacts } from './session-facts.ts';
import { nurseOf } from './staff.ts';

/** The scores of one occasion, before they are records. */
export interface ScoreSheet {
  readonly observed: Observed;
  readonly key: string;
  readonly day: number;
  readonly minute: number;
  readonly session: SessionFacts | undefined;
  /** The pain that counts: before a session or at follow-up. */
  readonly pain: number | undefined;
  /** Drawn when they are asked for: not every sheet becomes records. */
  readonly others: () => readonly (readonly [kind: ObservedKind, value: number])[];
}

/** How a person answers the longer questionnaires, whatever the pain. */
interface Temper {
  readonly mood: number;
  readonly worry: number;
  readonly sensitization: number;
}

type Share = Readonly<Partial<Record<'pain-days' | 'peg' | 'phq-9' | 'gad-7' | 'csi', number>>>;

/** How often each questionnaire is filled in, beside the pain. */
const SHARES = {
  consultation: { 'pain-days': 0.97, peg: 0.95, 'phq-9': 0.92, 'gad-7': 0.88, csi: 0.9 },
  call: { 'pain-days': 0.5, peg: 0.35, 'phq-9': 0.15, 'gad-7': 0.1, csi: 0.08 },
  'next-day': {},
  induction: { 'pain-days': 0.08, peg: 0.06 },
  maintenance: { 'pain-days': 0.5, peg: 0.4, 'phq-9': 0.25, 'gad-7': 0.15, csi: 0.15 },
} as const satisfies Record<string, Share>;

/** Every occasion on which scores that count were taken, in time order. */
export function scoreSheets(
  person: Person,
  story: PainStory,
  sessions: readonly SessionFacts[],
  contacts: readonly Contact[],
): ScoreSheet[] {
  const random = person.random('temper');
  const temper = { mood: 4 * bell(random), worry: 3 * bell(random), sensitization: 11 * bell(random) };
  const subject = toPatient(person);
  const before = sessions.map((session): ScoreSheet => {
    const { visit, key } = session;
    const own = session.random('before');
    const minute = Math.max(visit.arrives, visit.begins - own.whole(2, 6));
    const pain = painOn(visit.slot.day, story, own);
    const asked = own.chance(0.95) ? pain : undefined;
    const others = () => questionnaires(SHARES[visit.service], pain, temper, own);
    return { observed: session, key, day: visit.slot.day, minute, session, pain: asked, others };
  });
  const between = contacts.map(({ kind, day, minute }, index): ScoreSheet => {
    const own = person.random(`score/${index}`);
    const pain = painOn(day, story, own);
    const observed = { subject, performer: [toStaff(nurseOf({ day, chair: 0 }))] };
    const key = recordId('f', person, index + 1);
    const others = () => questionnaires(SHARES[kind], pain, temper, own);
    return { observed, key, day, minute, session: undefined, pain, others };
  });
  return [...before, ...between].toSorted((a, b) => a.day - b.day || a.minute - b.minute);
}

/** The scores of every occasion, and those after each session. */
export function scoreRecords(
  sheets: readonly ScoreSheet[],
  story: PainStory,
  time: ClinicTime,
): (Observation | Provenance)[] {
  return sheets.flatMap((sheet) => {
    const { observed, key, session, pain, others } = sheet;
    const at = time.at(sheet.day, sheet.minute);
    const records: (Observation | Provenance)[] = others().map(([kind, value]) =>
      observation(observed, kind, key, at, value),
    );
    if (pain !== undefined) {
      const kind = session === undefined ? 'pain-follow-up' : 'pain-before';
      const right = observation(observed, kind, key, at, pain);
      const mistaken = session?.voided === false && session.random('mistake').chance(0.006);
      records.push(...(mistaken ? corrected(right, (pain + 5) % 11, session.at(sheet.minute + 1)) : [right]));
    }
    if (session !== undefined) records.push(...afterSession(session, pain ?? story.baseline));
    return records;
  });
}

/** While the drug still works the pain is often a little lower; it does not count. */
function afterSession(session: SessionFacts, before: number): Observation[] {
  const { visit, protocol, key } = session;
  if (isOnPaper(visit.slot.day)) return [];
  const random = session.random('after');
  const minute = visit.leaves - 3;
  const peak = Math.max(visit.begins + 5, visit.leaves - protocol.recoveryMinutes);
  const pain = clamp(before - random.whole(0, 2), 0, 10);
  const felt = clamp(Math.round(3.4 + 2.2 * bell(random)), 0, 10);
  const sedation = random.weighted([
    [30, 0],
    [48, -1],
    [20, -2],
    [2, -3],
  ]);
  return [
    ...(session.has(peak) && random.chance(session.detailed ? 0.95 : 0.3)
      ? [observation(session, 'dissociation', key, session.at(peak), felt)]
      : []),
    ...(session.has(peak) && !session.detailed && random.chance(0.08)
      ? [observation(session, 'rass', key, session.at(peak), sedation)]
      : []),
    ...(session.has(minute) && random.chance(session.detailed ? 0.95 : 0.6)
      ? [observation(session, 'pain-after', key, session.at(minute), pain)]
      : []),
  ];
}

/** What somebody says on a scale of 0 to 10: rounded, and on some days worse than usual. */
function painOn(day: number, story: PainStory, random: Random): number {
  const flare = random.chance(0.05) ? random.whole(1, 3) : 0;
  const noise = 0.45 * bell(random);
  return clamp(Math.round(story.baseline * (1 - story.relief(day)) + noise + flare), 0, 10);
}

function questionnaires(
  share: Share,
  pain: number,
  { mood, worry, sensitization }: Temper,
  random: Random,
): ReturnType<ScoreSheet['others']> {
  const values = {
    'pain-days': clamp(Math.round(pain * 0.9 + 1 + 0.8 * bell(random)), 0, 7),
    // The mean of three whole scores.
    peg: tenths(clamp(Math.round((pain * 0.92 + 0.5 * bell(random)) * 3), 0, 30) / 3),
    'phq-9': clamp(Math.round(2.5 + 1.15 * pain + mood + 1.2 * bell(random)), 0, 27),
    'gad-7': clamp(Math.round(1.5 + 0.8 * pain + worry + bell(random)), 0, 21),
    csi: clamp(Math.round(19 + 4.1 * pain + sensitization + 2 * bell(random)), 0, 100),
  } as const;
  const kinds = ['pain-days', 'peg', 'phq-9', 'gad-7', 'csi'] as const;
  return kinds.flatMap((kind) => (random.chance(share[kind] ?? 0) ? [[kind, values[kind]] as const] : []));
}
