import { QueryClient } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import type { Role } from '#src/config/config.ts';
import { ALLERGY_CLINICAL, LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { searchset } from '#src/fhir/fake-fetch.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { pageLink, scriptedClinic } from '#tests/support/scripted-clinic.ts';
import { isComplete, isWhole, patientRecordParts, type RecordParts } from './patient-record-query.ts';

const subject = { reference: 'Patient/7' };
/** When the scripted clinic's clock stands still. */
const NOW = Temporal.Instant.from('2026-11-23T14:00:00Z');

function record(resourceType: string, id: string, fields: Readonly<Record<string, unknown>>): RawResource {
  return { resourceType, id, ...fields };
}

const RESOURCES = {
  courses: 'CarePlan',
  outcomes: 'Observation',
  diagnoses: 'Condition',
  allergies: 'AllergyIntolerance',
  consents: 'Consent',
  appointments: 'Appointment',
  reminders: 'Task',
  calls: 'Communication',
  scores: 'Observation',
  sessions: 'Encounter',
  doses: 'Observation',
  events: 'AdverseEvent',
  notes: 'Composition',
  orders: 'MedicationRequest',
  prescriptions: 'MedicationRequest',
  medications: 'MedicationStatement',
} as const satisfies Record<keyof RecordParts, string>;

type PartName = keyof typeof RESOURCES;

const PARTS: readonly PartName[] = [
  'courses',
  'outcomes',
  'diagnoses',
  'allergies',
  'consents',
  'appointments',
  'reminders',
  'calls',
  'scores',
  'sessions',
  'doses',
  'events',
  'notes',
  'orders',
  'prescriptions',
  'medications',
];

/** Which part a search asks for: observations and prescriptions are told apart by their code. */
function partOf(search: string): PartName | undefined {
  if (search.includes('|induction-outcome&')) return 'outcomes';
  if (search.includes('|session-dose-total&')) return 'doses';
  if (search.startsWith('Observation?')) return 'scores';
  if (search.startsWith('MedicationRequest?') && !search.includes('|6130&')) return 'prescriptions';
  return PARTS.find((name) => search.startsWith(`${RESOURCES[name]}?`));
}

async function load(answers: Partial<Record<PartName, object | number>> = {}, role: Role = 'clinician') {
  const { clinic, searches, requests } = scriptedClinic((search) => {
    const part = partOf(search);
    return (part && answers[part]) ?? searchset([]);
  });
  const parts = await new QueryClient().fetchQuery(patientRecordParts(clinic, '7', role));
  return { parts, searches, requests };
}

test('what surrounds a patient is one batch', async () => {
  const { requests, searches } = await load();
  expect(requests).toHaveLength(1);
  expect(searches.map(partOf)).toEqual(PARTS);
  const END = '&_total=accurate';
  expect(searches.slice(0, 8)).toEqual([
    `CarePlan?category=${LOCAL_SYSTEM}|ketamine-course&status=active,on-hold,completed,revoked,unknown&patient=Patient/7&_sort=-date,_id&_count=100`,
    `Observation?patient=Patient/7&code=${LOCAL_SYSTEM}|induction-outcome&status=final,amended,corrected&_sort=-date,_id&_count=100`,
    'Condition?patient=Patient/7&_count=100',
    'AllergyIntolerance?patient=Patient/7&_count=100',
    `Consent?patient=Patient/7&status=active,inactive,rejected&_count=100${END}`,
    `Appointment?patient=Patient/7&status=booked,arrived,checked-in,fulfilled,noshow,cancelled&_sort=-date,_id&_count=500${END}`,
    `Task?patient=Patient/7&code=${['maintenance-infusion', 'follow-up-call', 'clinician-review']
      .map((code) => `${LOCAL_SYSTEM}|${code}`)
      .join(
        ',',
      )}&status=requested,received,on-hold,accepted,completed,rejected,cancelled&_sort=-period,_id&_count=500${END}`,
    `Communication?patient=Patient/7&category=${LOCAL_SYSTEM}|contact-attempt&status=completed,not-done,in-progress,unknown&_sort=-sent,_id&_count=500${END}`,
  ]);
  expect(searches.every((search) => /(patient|subject)=Patient\/7&/.test(search))).toBe(true);
});

describe('what a role does not see is not asked, and that is said', () => {
  const SESSION_PARTS = ['sessions', 'doses', 'events', 'notes'] as const;

  test.each([
    ['administrator', [...SESSION_PARTS, 'orders', 'prescriptions']],
    ['manager', ['orders', 'prescriptions']],
    ['nurse', []],
    ['clinician', []],
  ] as const)('%s', async (role, withheld) => {
    const { parts, searches } = await load({}, role);
    const asked = PARTS.filter((name) => !withheld.some((one) => one === name));
    expect(searches.map(partOf)).toEqual(asked);
    for (const name of asked) expect(parts[name].withheld).toBeUndefined();
    for (const name of withheld) {
      expect(parts[name].withheld).toMatch(new RegExp(`^${role}s do not see .*\\.$`, 'i'));
      expect(parts[name].failure).toBeUndefined();
      expect(isComplete(parts[name])).toBe(true);
      expect(isWhole(parts[name])).toBe(false);
    }
  });
});

test('records of another patient are left out, and that is said', async () => {
  const stranger = { reference: 'Patient/8' };
  const { parts } = await load({
    allergies: searchset([
      record('AllergyIntolerance', 'a1', { patient: subject, code: { text: 'Latex' } }),
      record('AllergyIntolerance', 'a2', { patient: stranger, code: { text: 'Pollen' } }),
    ]),
    appointments: searchset([
      record('Appointment', 'p1', { participant: [{ actor: stranger }, { actor: subject }] }),
      record('Appointment', 'p2', { participant: [{ actor: stranger }] }),
    ]),
  });
  expect(parts.allergies.items.map(({ name }) => name)).toEqual(['Latex']);
  expect(parts.allergies.problems).toEqual([
    'AllergyIntolerance/a2 cannot be read: it is of another patient',
  ]);
  expect(parts.appointments.items.map(({ id }) => id)).toEqual(['p1']);
  expect(isWhole(parts.allergies)).toBe(false);
});

test('a course counts no session that was voided', async () => {
  const { parts } = await load({
    courses: searchset([
      record('CarePlan', 'k1', {
        subject,
        status: 'active',
        activity: [
          {
            detail: { scheduledTiming: { repeat: { count: 6 } } },
            outcomeReference: [{ reference: 'Encounter/e1' }, { reference: 'Encounter/e2' }],
          },
        ],
      }),
    ]),
    sessions: searchset([
      record('Encounter', 'e1', {
        subject,
        status: 'entered-in-error',
        type: [{ coding: [{ system: LOCAL_SYSTEM, code: 'ketamine-infusion' }] }],
      }),
    ]),
  });
  expect(parts.courses.items[0]?.seriesSessions).toEqual(['e2']);
});

test('each part holds its records, read', async () => {
  const { parts } = await load({
    courses: searchset([record('CarePlan', 'k1', { subject, status: 'on-hold' })]),
    diagnoses: searchset([record('Condition', 'c1', { subject, code: { text: 'CRPS' } })]),
    allergies: searchset([record('AllergyIntolerance', 'a1', { patient: subject, code: { text: 'Latex' } })]),
    appointments: searchset([record('Appointment', 'p1', { start: '2026-11-24T14:00:00Z' })]),
    reminders: searchset([
      record('Task', 't1', {
        for: subject,
        restriction: { period: { end: '2026-11-24T02:00:00Z' } },
      }),
    ]),
  });
  expect(parts.courses.items).toMatchObject([{ id: 'k1', paused: true }]);
  expect(parts.diagnoses.items).toMatchObject([{ name: 'CRPS' }]);
  expect(parts.allergies.items).toMatchObject([{ name: 'Latex' }]);
  expect(parts.appointments.items.map(({ start }) => String(start))).toEqual(['2026-11-24T14:00:00Z']);
  expect(parts.reminders.items.map(({ due }) => String(due))).toEqual(['2026-11-23']);
  for (const name of PARTS) expect(parts[name]).toMatchObject({ problems: [], more: false });
  expect(parts.courses.answeredAt).toEqual(NOW);
});

describe('what could not be read is said', () => {
  test.each(PARTS)('where %s were refused, and the others stand', async (name) => {
    const { parts } = await load({ [name]: 403 });
    for (const other of PARTS) {
      const refused = other === name;
      expect(parts[other]).toEqual({
        items: [],
        problems: [],
        more: false,
        answeredAt: refused ? undefined : NOW,
        failure: refused
          ? 'The clinic system does not let you read this (403). Ask whoever manages its accounts.'
          : undefined,
      });
      expect(isComplete(parts[other])).toBe(!refused);
    }
  });

  test.each([
    ['courses', record('CarePlan', 'x', { subject: 'Patient/7' }), 'CarePlan/x', 'subject'],
    ['diagnoses', record('Condition', 'x', { subject, code: 'M79.7' }), 'Condition/x', 'code'],
    ['allergies', { resourceType: 'AllergyIntolerance', id: 'x' }, 'AllergyIntolerance/x', 'patient'],
    ['appointments', record('Appointment', 'x', { start: 9 }), 'Appointment/x', 'start'],
    ['reminders', { resourceType: 'Task', for: subject }, 'Task/?', 'id'],
  ] as const)('of one record among the %s', async (name, resource, key, field) => {
    const bundle = searchset([resource]);
    const { parts } = await load({ [name]: { ...bundle, entry: [...bundle.entry, { resource: 'half' }] } });
    const { items, problems } = parts[name];
    expect(items).toEqual([]);
    expect(problems).toEqual([
      'Entry 2 of the answer is not a record',
      expect.stringMatching(
        `^${key.replace('?', '\\?')} cannot be read: the field ${field} is not as FHIR wants it`,
      ),
    ]);
  });

  test('where there is more than was fetched: then none is not none', async () => {
    const next = pageLink('Any?page=2');
    const allergy = record('AllergyIntolerance', 'a1', {
      patient: subject,
      code: { text: 'Latex' },
    });
    const { parts } = await load({
      appointments: searchset([{ resourceType: 'Appointment', id: 'p1' }], { next }),
      allergies: searchset([allergy], { next }),
    });
    expect(parts.appointments).toMatchObject({ more: true, problems: [] });
    expect(parts.allergies).toMatchObject({ more: true, problems: [], items: [{ name: 'Latex' }] });
    expect(isComplete(parts.allergies)).toBe(true);
    expect(isWhole(parts.allergies)).toBe(false);
  });
});

test('orders of ketamine are asked for by themselves, so that no number of other prescriptions hides one', async () => {
  const order = (id: string, code: string) =>
    record('MedicationRequest', id, {
      subject,
      medicationCodeableConcept: {
        coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code }],
      },
    });
  const next = pageLink('MedicationRequest?page=2');
  const { parts } = await load({
    orders: searchset([order('ketamine', '6130')]),
    prescriptions: searchset([order('ibuprofen', '310965')], { next }),
  });
  expect(parts.orders.items).toMatchObject([{ id: 'ketamine', ketamine: true }]);
  expect(isWhole(parts.orders)).toBe(true);
  expect(parts.prescriptions.items).toMatchObject([{ id: 'ibuprofen', ketamine: false }]);
  expect(isWhole(parts.prescriptions)).toBe(false);
});

test('records that are over are there, told from current ones: none any more is not never asked', async () => {
  const { parts } = await load({
    allergies: searchset([
      record('AllergyIntolerance', 'a1', {
        patient: subject,
        clinicalStatus: { coding: [{ system: ALLERGY_CLINICAL, code: 'resolved' }] },
      }),
    ]),
    diagnoses: searchset([record('Condition', 'c1', { subject })]),
  });
  expect(parts.allergies.items.map(({ standing }) => standing)).toEqual(['past']);
  expect(parts.diagnoses.items.map(({ current }) => current)).toEqual([true]);
});

test('the query names every type of record in its answer, so that a write of one can renew it', async () => {
  const { clinic, searches } = scriptedClinic(() => searchset([]));
  const options = patientRecordParts(clinic, '7', 'nurse');
  await new QueryClient().fetchQuery(options);
  expect(options.meta?.['types']).toEqual([...new Set(searches.map((search) => search.replace(/\?.*/, '')))]);
});

describe('what was here before an outage', () => {
  const latex = searchset([
    record('AllergyIntolerance', 'a1', { patient: subject, code: { text: 'Latex' } }),
  ]);
  const course = searchset([record('CarePlan', 'k1', { subject })]);

  /** Two answers to the same question, an hour apart, the second one given to the same cache. */
  async function loadTwice(
    first: Partial<Record<PartName, object | number>>,
    second: Partial<Record<PartName, object | number>> | number,
    capabilities = {},
  ) {
    let answers: Partial<Record<PartName, object | number>> | number = first;
    const { clinic } = scriptedClinic(
      (search) => {
        if (typeof answers === 'number') return answers;
        const part = partOf(search);
        return (part && answers[part]) ?? searchset([]);
      },
      { capabilities },
    );
    const cache = new QueryClient();
    const before = patientRecordParts(clinic, '7', 'nurse');
    await cache.fetchQuery(before);
    answers = second;
    const later = { ...clinic, now: () => NOW.add({ hours: 1 }) };
    const failure: unknown = await cache
      .fetchQuery(patientRecordParts(later, '7', 'nurse'))
      .catch((error) => error);
    return { failure, parts: cache.getQueryData(before.queryKey) ?? expect.fail() };
  }

  test.each([true, false])(
    'stays where nothing is answered, as an error (one batch: %s)',
    async (batchSearch) => {
      const { failure, parts } = await loadTwice({ allergies: latex, courses: course }, 503, { batchSearch });
      expect(failure).toMatchObject({ kind: 'server' });
      expect(parts.allergies).toMatchObject({ items: [{ name: 'Latex' }], answeredAt: NOW });
      expect(parts.courses.items).toHaveLength(1);
    },
  );

  test('stays where its own question failed, with its time and the reason; the others are new', async () => {
    const { parts } = await loadTwice({ allergies: latex, courses: course }, { allergies: 503 });
    expect(parts.allergies).toMatchObject({ items: [{ name: 'Latex' }], answeredAt: NOW });
    expect(parts.allergies.failure).toContain('answered 503 at 10:00');
    expect(isComplete(parts.allergies)).toBe(false);
    expect(parts.courses).toMatchObject({ items: [], answeredAt: NOW.add({ hours: 1 }), failure: undefined });
  });

  test('keeps what was wrong with it then', async () => {
    const bundle = searchset([record('AllergyIntolerance', 'a1', { patient: subject, code: 'latex' })]);
    const { parts } = await loadTwice({ allergies: { ...bundle } }, { allergies: 403 });
    expect(parts.allergies.problems).toEqual([
      expect.stringContaining('AllergyIntolerance/a1 cannot be read'),
    ]);
  });

  test('goes where the next answer no longer has it', async () => {
    const { parts } = await loadTwice({ allergies: latex }, {});
    expect(parts.allergies.items).toEqual([]);
  });
});
