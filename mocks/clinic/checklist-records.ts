import type { Questionnaire, QuestionnaireResponse, QuestionnaireResponseItem } from 'fhir/r4';
import { local } from '#src/fhir/codes.ts';
import type { SessionFacts } from './session-facts.ts';

const CHECKLIST_URL = 'https://chairside.example/fhir/Questionnaire/pre-infusion-checklist';

/** What has to be so before an infusion starts: link id, words, and what a nurse usually writes beside it. */
const ITEMS = [
  ['consent', 'Consent in date', 'On file'],
  ['fasting', 'Fasting', 'Nothing to eat for six hours'],
  ['ride-home', 'Ride home', 'Spouse, phone on file'],
  ['blood-pressure-spo2', 'Blood pressure and SpO2', 'Within limits'],
  ['weight', 'Weight of today', 'Weighed on arrival'],
  ['contraindications', 'Contraindication screen', 'None'],
  ['pregnancy', 'Pregnancy test where relevant', 'Not relevant or negative'],
  ['allergies', 'Allergies reviewed', 'Reviewed'],
  ['order', 'Order', 'In force'],
  ['protocol', 'Approved protocol', 'Approved'],
] as const;

type LinkId = (typeof ITEMS)[number][0];

/** What was red now and then, and the clinician's reason to go on. */
const OVERRIDES: readonly (readonly [item: LinkId, found: string, reason: string])[] = [
  ['fasting', 'Ate three hours ago', 'Light toast only. Head up, slow start, suction at hand.'],
  ['blood-pressure-spo2', '146/92 on arrival', 'Anxious on arrival, settled on the second reading.'],
  ['weight', 'Scale out of order', 'Weight of the last session is two days old.'],
  ['ride-home', 'Name not yet known', 'Sister confirms by phone before discharge.'],
];

/** The questionnaire that every checklist answers. */
export function checklistDefinition(): Questionnaire {
  return {
    resourceType: 'Questionnaire',
    id: 'pre-infusion-checklist',
    url: CHECKLIST_URL,
    version: '1',
    name: 'PreInfusionChecklist',
    title: 'Pre-infusion checklist',
    status: 'active',
    subjectType: ['Patient'],
    code: [local('pre-infusion-checklist')],
    item: ITEMS.map(([linkId, text]) => ({
      linkId,
      text,
      type: 'boolean',
      item: [
        { linkId: `${linkId}.note`, text: 'Note', type: 'string' },
        {
          linkId: `${linkId}.override`,
          text: 'Overridden',
          type: 'group',
          item: [
            { linkId: `${linkId}.override.by`, text: 'Authorised by', type: 'reference' },
            { linkId: `${linkId}.override.reason`, text: 'Reason', type: 'string' },
          ],
        },
      ],
    })),
  };
}

/** The checklist of a session; here and there something was red and a clinician let it start. */
export function checklistRecord(session: SessionFacts): QuestionnaireResponse {
  const { visit, key, subject, encounter, nurse, voided } = session;
  const random = session.random('checklist');
  const red = random.chance(0.06) ? random.pick(OVERRIDES) : undefined;
  return {
    resourceType: 'QuestionnaireResponse',
    id: `checklist-${key}`,
    questionnaire: `${CHECKLIST_URL}|1`,
    status: voided ? 'entered-in-error' : 'completed',
    subject,
    encounter,
    authored: session.at(visit.begins - 1),
    author: nurse,
    item: red === undefined ? ALL_GREEN : ITEMS.map((item, index) => answered(session, index, item, red)),
  };
}

const ALL_GREEN = ITEMS.map(([linkId, text, note]) => green(linkId, text, note));

function answered(
  session: SessionFacts,
  index: number,
  [linkId]: (typeof ITEMS)[number],
  [redItem, found, reason]: (typeof OVERRIDES)[number],
): QuestionnaireResponseItem {
  const item = ALL_GREEN[index];
  if (item === undefined || linkId !== redItem) return item ?? { linkId };
  return {
    linkId,
    ...(item.text && { text: item.text }),
    answer: [
      {
        valueBoolean: false,
        item: [
          { linkId: `${linkId}.note`, answer: [{ valueString: found }] },
          {
            linkId: `${linkId}.override`,
            item: [
              { linkId: `${linkId}.override.by`, answer: [{ valueReference: session.clinician }] },
              { linkId: `${linkId}.override.reason`, answer: [{ valueString: reason }] },
            ],
          },
        ],
      },
    ],
  };
}

function green(linkId: string, text: string, note: string): QuestionnaireResponseItem {
  return {
    linkId,
    text,
    answer: [{ valueBoolean: true, item: [{ linkId: `${linkId}.note`, answer: [{ valueString: note }] }] }],
  };
}
