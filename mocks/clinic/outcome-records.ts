import type { Observation } from 'fhir/r4';
import config from '../config.json' with { type: 'json' };
import type { ClinicTime } from './clinic-time.ts';
import type { CoursePlan } from './course-desk.ts';
import { observationFrame, survey } from './observation-parts.ts';
import { recordId, type Person } from './person.ts';
import { localConcept, toPatient, toStaff } from './references.ts';
import type { ScoreSheet } from './score-records.ts';
import type { SessionFacts } from './session-facts.ts';
import { clinicianOf } from './staff.ts';

const OUTCOME = localConcept('induction-outcome');
const RESPONDER = localConcept('responder');
const NON_RESPONDER = localConcept('non-responder');

const BASELINE_DAYS = 28;
/** A series is judged by the first score this long after it, at the two-weeks call; later than the second, never. */
const JUDGED_FROM = 10;
const JUDGED_UNTIL = 28;

/** The pain before a course: the median of what was asked in the four weeks before its first infusion. */
export function baselinePain(sheets: readonly ScoreSheet[], first: SessionFacts): number | undefined {
  const { day } = first.visit.slot;
  const before = sheets.flatMap((sheet) =>
    sheet.pain !== undefined &&
    sheet.session?.voided !== true &&
    sheet.day >= day - BASELINE_DAYS &&
    (sheet.day < day || (sheet.day === day && sheet.minute < first.visit.begins))
      ? [sheet.pain]
      : [],
  );
  return median(before);
}

/** Whether a finished series met the threshold, once per course; nothing where baseline or follow-up is unknown. */
export function outcomeRecords(
  person: Person,
  courses: readonly CoursePlan[],
  sessions: readonly SessionFacts[],
  sheets: readonly ScoreSheet[],
  time: ClinicTime,
): Observation[] {
  return courses.flatMap((plan, index) => {
    const series = sessions.filter(
      (session) => session.plan === plan && session.visit.service === 'induction' && !session.voided,
    );
    const [first] = series;
    const last = series.at(-1);
    if (first === undefined || last === undefined || !series.every(({ signed }) => signed)) return [];
    if (series.length < last.protocol.sessions) return [];
    const baseline = baselinePain(sheets, first);
    const sheet = judgingSheet(sheets, last.visit.slot.day);
    if (baseline === undefined || baseline === 0 || sheet?.pain === undefined) return [];
    const responds = (baseline - sheet.pain) / baseline >= config.responseThreshold;
    const observed = { subject: toPatient(person), performer: [toStaff(clinicianOf(person.number))] };
    return [
      {
        ...observationFrame(
          observed,
          recordId('outcome', person, index + 1),
          survey(),
          OUTCOME,
          time.at(sheet.day, sheet.minute),
        ),
        valueCodeableConcept: responds ? RESPONDER : NON_RESPONDER,
      },
    ];
  });
}

/** The score by which a series that ended on a day is judged, once it is known which one that is. */
function judgingSheet(sheets: readonly ScoreSheet[], end: number): ScoreSheet | undefined {
  const after = sheets.filter(
    ({ pain, day, session }) =>
      pain !== undefined && session?.voided !== true && day > end && day <= end + JUDGED_UNTIL,
  );
  const settled = after.find(({ day }) => day >= end + JUDGED_FROM);
  return settled ?? (end + JUDGED_UNTIL < 0 ? after.at(-1) : undefined);
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const other = sorted[Math.ceil((sorted.length - 1) / 2)];
  return middle === undefined || other === undefined ? undefined : (middle + other) / 2;
}
