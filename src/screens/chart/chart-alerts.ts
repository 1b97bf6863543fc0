import { consentOn } from '#src/features/patients/consent.ts';
import { asksForNoContact } from '#src/features/reminders/reminder-detail.ts';
import { patientSessions } from '#src/features/sessions/patient-session.ts';
import type { BadgeTone } from '#src/ui/Badge.tsx';
import { isComplete, isWhole, type RecordParts } from './patient-record-query.ts';
import { shortDay } from './short-day.ts';

export interface ChartAlert {
  readonly tone: BadgeTone;
  readonly kind: 'consent' | 'unsigned' | 'contact' | 'review' | 'unknown';
  readonly text: string;
}

/** What has to be known before the patient is met, beside the allergies: the worst first. */
export function chartAlerts(
  parts: RecordParts,
  today: Temporal.PlainDate,
  { deceased = false } = {},
): readonly ChartAlert[] {
  // Nobody calls or infuses the dead; a record that waits for its signature waits still.
  if (deceased) return unsignedAlerts(parts, today);
  return [
    ...(mayBeInfused(parts) ? consentAlerts(parts, today) : []),
    ...(parts.reminders.items.some(({ kind, closed }) => kind === 'review' && closed === undefined)
      ? [{ tone: 'late', kind: 'review', text: 'Clinician review' } as const]
      : []),
    ...(parts.reminders.items.some(asksForNoContact)
      ? [{ tone: 'info', kind: 'contact', text: 'Do not contact' } as const]
      : []),
    ...unsignedAlerts(parts, today),
  ];
}

/** A course under way whose phase is not recorded may be at its infusions, and so may one that was not loaded. */
function mayBeInfused({ courses }: RecordParts): boolean {
  const running = courses.items.filter(({ phase }) => phase !== 'ended');
  return running.length === 0
    ? !isWhole(courses) && courses.withheld === undefined
    : running.some(({ phase }) => phase !== 'consultation');
}

function consentAlerts({ consents }: RecordParts, today: Temporal.PlainDate): readonly ChartAlert[] {
  const state = consentOn(consents.items, today);
  const kind = 'consent';
  // A refusal may be among those that were not read.
  const doubt: readonly ChartAlert[] = isWhole(consents)
    ? []
    : [{ tone: 'info', kind: 'unknown', text: 'Consent not fully read' }];
  switch (state.kind) {
    case 'refused':
      return [{ tone: 'block', kind, text: 'Treatment refused' }];
    case 'none':
      return isWhole(consents)
        ? [{ tone: 'block', kind, text: 'No valid consent' }]
        : [{ tone: 'info', kind: 'unknown', text: 'Consent not loaded' }];
    case 'ends':
      return [{ tone: 'late', kind, text: `Consent ends ${shortDay(state.on, today)}` }, ...doubt];
    case 'valid':
      return doubt;
  }
}

/** Sessions that wait to be signed: one of today once its patient was discharged, which its appointment tells. */
function unsignedAlerts(parts: RecordParts, today: Temporal.PlainDate): readonly ChartAlert[] {
  const { sessions, notes, appointments } = parts;
  if (sessions.withheld !== undefined) return [];
  const all = patientSessions(
    {
      sessions: sessions.items,
      doses: [],
      events: [],
      notes: notes.items,
      scores: [],
      appointments: appointments.items,
    },
    today,
  );
  const days = all.flatMap(({ status, day }) => (status === 'unsigned' ? [day] : []));
  // One that seems to run may be over: its appointment would tell.
  const guessed = !isComplete(appointments) && all.some(({ status }) => status === 'running');
  const doubt: readonly ChartAlert[] =
    !isComplete(sessions) || !isComplete(notes) || guessed
      ? [{ tone: 'info', kind: 'unknown', text: 'Signatures not fully read' }]
      : [];
  if (days.length === 0) return doubt;
  const [only] = days;
  const text =
    days.length > 1
      ? `${days.length} sessions not signed`
      : only === undefined
        ? 'Session not signed'
        : only.equals(today)
          ? 'Today not signed'
          : `${shortDay(only, today)} not signed`;
  return [{ tone: 'late', kind: 'unsigned', text }, ...doubt];
}
