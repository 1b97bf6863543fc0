import type { Composition, CompositionSection } from 'fhir/r4';
import type { Incident } from './adverse-event-records.ts';
import type { Infusion } from './dose-records.ts';
import { tenths } from './observation-parts.ts';
import { localConcept } from './references.ts';
import type { SessionFacts } from './session-facts.ts';

const TYPE = localConcept('infusion-session-note');
const BAG_MG = 50;

const ADDENDA = [
  'The ride home was the patient’s neighbour, not the spouse.',
  'The patient rang the same evening: a mild headache, gone after a rest.',
  'The pain score after the session was asked before the cannula came out.',
];

const COURSES = [
  'Calm throughout, answered questions, expected dissociation.',
  'Slept most of the time, easily woken.',
  'Floating, comfortable, answered questions slowly.',
  'Talkative at first, then quiet and comfortable.',
];

/** The note of a signed session, and now and then an addendum to it. */
export function noteRecords(
  session: SessionFacts,
  infusion: Infusion,
  incident: Incident | undefined,
): Composition[] {
  const { visit, nurse, signed } = session;
  const { signedAt } = visit;
  if (!signed || signedAt === undefined) return [];
  const random = session.random('note');
  const sections: CompositionSection[] = [
    section(
      'Dose',
      `Ordered ${infusion.plannedMg} mg for ${infusion.kg} kg. Given ${infusion.totalMg} mg. ${waste(infusion)}`,
    ),
    section(
      'Course',
      visit.outcome === 'stopped'
        ? `Stopped: ${infusion.segments.at(-1)?.note ?? 'as the patient asked'}.`
        : random.pick(COURSES),
    ),
    ...(incident
      ? [
          section(
            'Adverse event',
            `${incident.what.text}, ${incident.severity}. ${incident.what.intervention}.`,
          ),
        ]
      : []),
    section('Discharge', 'Awake, steady, ride home present, instructions given.'),
  ];
  const note = noteOf(session, signedAt, sections);
  const later = signedAt + random.whole(20, 150);
  if (!random.chance(0.03) || !session.has(later)) return [note];
  const addendum: Composition = {
    ...noteOf(session, later, [section('Addendum', random.pick(ADDENDA))]),
    id: `addendum-${session.key}`,
    title: 'Addendum to the infusion session',
    author: [nurse],
    relatesTo: [{ code: 'appends', targetReference: { reference: `Composition/${note.id}` } }],
  };
  return [note, addendum];
}

function noteOf(session: SessionFacts, minute: number, sections: CompositionSection[]): Composition {
  const { key, subject, encounter, nurse } = session;
  const at = session.at(minute);
  return {
    resourceType: 'Composition',
    id: `note-${key}`,
    status: 'final',
    type: TYPE,
    subject,
    encounter,
    date: at,
    author: [nurse],
    title: 'Infusion session',
    attester: [{ mode: 'professional', time: at, party: nurse }],
    section: sections,
  };
}

function section(title: string, text: string): CompositionSection {
  const div = `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text}</p></div>`;
  return { title, text: { status: 'generated', div } };
}

/** What is left of the bags is thrown away before two people. */
function waste({ totalMg }: Infusion): string {
  const left = tenths(Math.ceil(totalMg / BAG_MG) * BAG_MG - totalMg);
  return left > 0 ? `Waste ${left} mg, witnessed.` : 'No waste.';
}
