import type { AdverseEvent, CodeableConcept, MedicationAdministration } from 'fhir/r4';
import { RXNORM, SNOMED, local } from '#src/fhir/codes.ts';
import { allergyRecords } from './safety-records.ts';
import type { ClinicTime } from './clinic-time.ts';
import { quantity } from './observation-parts.ts';
import type { Person } from './person.ts';
import type { SessionFacts } from './session-facts.ts';

/** An adverse event of a session: what, when, and what was done. */
export interface Incident {
  readonly what: Happening;
  readonly minute: number;
  readonly severity: keyof typeof SEVERITIES;
  readonly pausedMinutes: number;
}

interface Happening {
  readonly code: CodeableConcept;
  readonly text: string;
  readonly intervention: string;
  /** What the vitals show of it. */
  readonly shows?: 'pressure' | 'saturation' | 'pulse';
  readonly antiemetic?: boolean;
}

const HAPPENINGS: readonly (readonly [weight: number, Happening])[] = [
  [26, { ...finding('422587007', 'Nausea'), intervention: 'Head of the chair raised', antiemetic: true }],
  [9, { ...finding('422400008', 'Vomiting'), intervention: 'Paused, suction at hand', antiemetic: true }],
  [12, { ...finding('25064002', 'Headache'), intervention: 'Light dimmed, watched' }],
  [11, { ...finding('404640003', 'Dizziness'), intervention: 'Lay flat, watched' }],
  [
    13,
    {
      ...finding('24184005', 'Blood pressure above reference range'),
      intervention: 'Paused, measured again after five minutes',
      shows: 'pressure',
    },
  ],
  [3, { ...finding('3424008', 'Tachycardia'), intervention: 'Watched on the monitor', shows: 'pulse' }],
  [
    3,
    {
      ...finding('389087006', 'Hypoxemia'),
      intervention: 'Roused, oxygen by nasal cannula',
      shows: 'saturation',
    },
  ],
  [6, { ...finding('7011001', 'Hallucinations'), intervention: 'Spoken to calmly, nurse stayed' }],
  [4, { ...finding('24199005', 'Feeling agitated'), intervention: 'Spoken to calmly, nurse stayed' }],
  [7, { ...finding('48694002', 'Anxiety'), intervention: 'Spoken to calmly, nurse stayed' }],
  [
    8,
    {
      code: { coding: [local('dissociative-experience')], text: 'Distressing dissociation' },
      text: 'Distressing dissociation',
      intervention: 'Rate kept, nurse stayed until it passed',
    },
  ],
];

const SEVERITIES = {
  mild: graded('severity', 'mild', 'Mild'),
  moderate: graded('severity', 'moderate', 'Moderate'),
  severe: graded('severity', 'severe', 'Severe'),
} as const;
const NOT_SERIOUS = graded('seriousness', 'Non-serious', 'Non-serious');
const RESOLVED = graded('outcome', 'resolved', 'Resolved');
const ONGOING = graded('outcome', 'ongoing', 'Ongoing');

/** What went wrong in a session that has an adverse event, once that has happened. */
export function incidentOf(session: SessionFacts): Incident | undefined {
  const { visit, protocol, voided } = session;
  if (visit.outcome !== 'adverse-event' || voided) return undefined;
  const random = session.random('incident');
  const minute = visit.begins + Math.round(protocol.infusionMinutes * (0.3 + 0.55 * random.next()));
  if (!session.has(minute)) return undefined;
  const severity = random.weighted([
    [68, 'mild'],
    [28, 'moderate'],
    [4, 'severe'],
  ] as const);
  const pausedMinutes = severity !== 'mild' || random.chance(0.2) ? random.whole(3, 6) : 0;
  return { what: random.weighted(HAPPENINGS), minute, severity, pausedMinutes };
}

/** The adverse event of a session, suspected of the segment that ran, and what was given against it. */
export function adverseEventRecords(
  person: Person,
  session: SessionFacts,
  incident: Incident,
  segmentId: string,
  time: ClinicTime,
): (AdverseEvent | MedicationAdministration)[] {
  const { subject, encounter, key, nurse } = session;
  const { what, minute, severity } = incident;
  const passes = minute + 12;
  const at = session.at(minute);
  const event: AdverseEvent = {
    resourceType: 'AdverseEvent',
    id: `adverse-event-${key}`,
    actuality: 'actual',
    event: what.code,
    subject,
    encounter,
    date: at,
    detected: at,
    recordedDate: at,
    seriousness: NOT_SERIOUS,
    severity: SEVERITIES[severity],
    outcome: session.has(passes) ? RESOLVED : ONGOING,
    recorder: nurse,
    suspectEntity: [{ instance: { reference: `MedicationAdministration/${segmentId}` } }],
  };
  return givesOndansetron(person, incident, time) && session.has(minute + 4)
    ? [event, ondansetron(session, minute + 4)]
    : [event];
}

/** Whether ondansetron was given: not to whom it harms. */
function givesOndansetron(person: Person, { what, severity }: Incident, time: ClinicTime): boolean {
  if (what.antiemetic !== true || severity === 'mild') return false;
  return allergyRecords(person, time).every(({ code }) => code?.text !== 'Ondansetron');
}

function ondansetron(session: SessionFacts, minute: number): MedicationAdministration {
  return {
    resourceType: 'MedicationAdministration',
    id: `rescue-${session.key}`,
    status: 'completed',
    medicationCodeableConcept: {
      coding: [{ system: RXNORM, code: '26225', display: 'ondansetron' }],
      text: 'Ondansetron',
    },
    subject: session.subject,
    context: session.encounter,
    effectiveDateTime: session.at(minute),
    performer: [{ actor: session.nurse }],
    dosage: { text: '4 mg intravenously', dose: quantity(4, 'mg') },
  };
}

function graded(scale: string, code: string, display: string): CodeableConcept {
  const system = `http://terminology.hl7.org/CodeSystem/adverse-event-${scale}`;
  return { coding: [{ system, code, display }] };
}

function finding(code: string, display: string): Pick<Happening, 'code' | 'text'> {
  return { code: { coding: [{ system: SNOMED, code, display }], text: display }, text: display };
}
