import { QueryClient } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import type { Role } from '#src/config/config.ts';
import { toCourse } from '#src/features/courses/course.ts';
import { toPatient } from '#src/features/patients/patient.ts';
import { LOCAL_SYSTEM, SNOMED } from '#src/fhir/codes.ts';
import { outcome, patient, searchset } from '#src/fhir/fake-fetch.ts';
import { pageLink, scriptedClinic } from '#tests/support/scripted-clinic.ts';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { loadPatientFacts, patientFacts, type FactKind, type PatientFacts } from './patient-facts.ts';
import type { PatientsRow } from './patients-query.ts';

const of = (id: string) => ({ reference: `Patient/${id}` });

function row(id: string, course?: object): PatientsRow {
  const item =
    course === undefined
      ? {}
      : { course: toCourse({ resourceType: 'CarePlan', id: `k-${id}`, ...course }, readingWith()) };
  return { kind: 'record', key: `Patient/${id}`, patient: toPatient(patient(id), readingWith()), item };
}

function plan(id: string, more: object = {}) {
  return {
    resourceType: 'CarePlan',
    id: `k-${id}`,
    subject: of(id),
    category: [{ coding: [{ system: LOCAL_SYSTEM, code: 'phase-induction' }] }],
    ...more,
  };
}

function planWith(id: string, ...sessions: readonly string[]) {
  const outcomeReference = sessions.map((session) => ({ reference: `Encounter/${session}` }));
  return plan(id, {
    activity: [{ outcomeReference, detail: { scheduledTiming: { repeat: { count: 6 } } } }],
  });
}

function appointment(id: string, start: string | undefined, ...patients: readonly string[]) {
  return {
    resourceType: 'Appointment',
    id,
    status: 'booked',
    ...(start && { start }),
    participant: patients.map((one) => ({ actor: of(one) })),
  };
}

function allergy(id: string, text: string, more: object = {}) {
  return { resourceType: 'AllergyIntolerance', id: `a-${text}`, patient: of(id), code: { text }, ...more };
}

function consent(id: string, end: string) {
  const scope = {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'treatment' }],
  };
  return {
    resourceType: 'Consent',
    id: `c-${id}`,
    status: 'active',
    scope,
    patient: of(id),
    provision: { period: { end } },
  };
}

const note = (id: string, date: string) => ({
  resourceType: 'Composition',
  id: `n-${date}`,
  subject: of(id),
  date,
});

const session = (id: string, start: unknown) => ({ resourceType: 'Encounter', id, period: { start } });

/** What the server answers to each kind of question; nothing found, where a test says nothing. */
type Answers = Partial<Record<FactKind, object | number>>;

function kindOf(search: string): FactKind {
  if (search.startsWith('CarePlan?')) return 'courses';
  if (search.startsWith('AllergyIntolerance?')) return 'allergies';
  if (search.startsWith('Consent?')) return 'consents';
  if (search.startsWith('Composition?')) return 'unsigned sessions';
  if (search.startsWith('Encounter?')) return 'last sessions';
  return search.includes('_include=Appointment:patient') ? 'appointments of today' : 'appointments';
}

interface Asking {
  readonly rows?: readonly PatientsRow[];
  readonly role?: Role | undefined;
  /** What the links to further pages lead to. */
  readonly pages?: Readonly<Record<string, object | number>>;
}

async function ask(answers: Answers, asking: Asking = {}) {
  const { rows, role, pages } = { rows: [row('a'), row('b')], role: 'nurse' as const, pages: {}, ...asking };
  const { clinic, searches, requests } = scriptedClinic(
    (search) => pages[search.split('?page=')[1] ?? ''] ?? answers[kindOf(search)] ?? searchset([]),
  );
  const facts = await new QueryClient().fetchQuery(patientFacts(clinic, role, rows));
  const known = (id: string) => {
    const found = facts.byPatient.get(id);
    if (found === undefined) throw new Error(`no facts of ${id}`);
    return found;
  };
  return { facts, known, missing: [...facts.missing], searches, requests };
}

const namesOf = ({ allergies }: PatientFacts) =>
  allergies.kind === 'known' ? allergies.allergies.map(({ name }) => name) : [];

describe('the facts of a page', () => {
  test('are one batch, about each patient once', async () => {
    const { searches, requests } = await ask({}, { rows: [row('b'), row('a'), row('b')] });
    expect(requests).toHaveLength(1);
    expect(searches.map(kindOf)).toEqual([
      'courses',
      'appointments',
      'appointments of today',
      'allergies',
      'consents',
      'unsigned sessions',
    ]);
    for (const search of searches) {
      if (kindOf(search) !== 'appointments of today')
        expect(search).toContain('patient=Patient/a,Patient/b&');
    }
  });

  test('are asked for by the days of the clinic', async () => {
    const { searches } = await ask({});
    expect(searches.find((search) => kindOf(search) === 'appointments')).toContain(
      'date=ge2026-11-23T00:00:00-05:00',
    );
    expect(searches.find((search) => kindOf(search) === 'unsigned sessions')).toContain(
      'date=lt2026-11-23T00:00:00-05:00',
    );
    expect(searches.find((search) => kindOf(search) === 'appointments of today')).toContain(
      'date=ge2026-11-23T00:00:00-05:00&date=lt2026-11-24T00:00:00-05:00',
    );
  });

  test('hold the newest of several courses, whatever order the server likes', async () => {
    const { searches, known } = await ask({
      courses: searchset([plan('a', { id: 'newest' }), plan('a', { id: 'older' })]),
    });
    expect(searches[0]).toContain('&_sort=-date,_id&');
    expect(known('a').course?.id).toBe('newest');
  });

  test('leave no allergy to its status: one that was stored without would not be found', async () => {
    const { searches } = await ask({});
    expect(searches.find((search) => kindOf(search) === 'allergies')).not.toContain('status');
  });

  test.each([
    ['nurse', true],
    ['clinician', true],
    ['manager', true],
    ['administrator', false],
    [undefined, false],
  ] as const)('hold unsigned sessions for a role that may read sessions: %s %s', async (role, asked) => {
    const { searches, missing } = await ask({}, { role });
    expect(searches.map(kindOf).includes('unsigned sessions')).toBe(asked);
    expect(missing).toEqual([]);
  });

  test('of unreadable rows alone are none, and ask nothing', async () => {
    const { facts, requests } = await ask(
      {},
      { rows: [{ kind: 'unreadable', key: 'Patient/x', reason: 'broken' }] },
    );
    expect(facts.byPatient.size).toBe(0);
    expect(requests).toEqual([]);
  });

  test('are each the patient’s own', async () => {
    const { known, missing } = await ask({
      courses: searchset([plan('a'), plan('b', { status: 'on-hold' })]),
      appointments: searchset([
        appointment('2', '2026-11-25T14:00:00Z', 'a'),
        appointment('1', '2026-11-24T14:00:00Z', 'a'),
        appointment('3', '2026-12-24T14:00:00Z', 'b'),
      ]),
      allergies: searchset([allergy('a', 'Latex'), allergy('a', 'Penicillin')]),
      consents: searchset([consent('a', '2027-06-30'), consent('b', '2026-11-30')]),
      'unsigned sessions': searchset([note('b', '2026-11-20T15:00:00Z'), note('b', '2026-11-13T15:00:00Z')]),
    });
    expect(missing).toEqual([]);
    const [a, b] = [known('a'), known('b')];
    expect(a.course?.id).toBe('k-a');
    expect(b.course?.paused).toBe(true);
    expect(a.nextSession?.id).toBe('1');
    expect(b.nextSession?.id).toBe('3');
    expect(namesOf(a)).toEqual(['Latex', 'Penicillin']);
    expect(b.allergies).toEqual({ kind: 'notAsked' });
    expect([a.consent.kind, b.consent.kind]).toEqual(['valid', 'ends']);
    expect(a.unsigned).toEqual([]);
    expect(b.unsigned.map(String)).toEqual(['2026-11-20', '2026-11-13']);
  });

  test('hold an appointment for each of those who come together', async () => {
    const { known, missing } = await ask({
      appointments: searchset([appointment('1', '2026-11-24T14:00:00Z', 'x', 'b', 'a')]),
    });
    expect([known('a').nextSession?.id, known('b').nextSession?.id]).toEqual(['1', '1']);
    expect(missing).toEqual([]);
  });

  test('tell a consultation from a session, whichever is first', async () => {
    const consultation = {
      ...appointment('c', '2026-11-24T14:00:00Z', 'a'),
      serviceType: [{ coding: [{ system: LOCAL_SYSTEM, code: 'consultation' }] }],
    };
    const { known } = await ask({
      appointments: searchset([consultation, appointment('s', '2026-12-01T14:00:00Z', 'a')]),
    });
    expect(known('a').nextConsultation?.id).toBe('c');
    expect(known('a').nextSession?.id).toBe('s');
  });

  test('name every type of record in them, so that a write of one can renew them', async () => {
    const { clinic, searches } = scriptedClinic(() => searchset([]));
    const options = patientFacts(clinic, 'nurse', [row('a', planWith('a', 'e1')), row('b')]);
    const courses = patientFacts(clinic, 'nurse', [row('a')]);
    await new QueryClient().fetchQuery(options);
    await new QueryClient().fetchQuery(courses);
    const asked = new Set(searches.map((search) => search.replace(/\?.*/, '')));
    expect(options.meta?.['types']).toEqual(expect.arrayContaining([...asked, 'Patient']));
    expect(asked.size).toBe(6);
  });

  test('hold no allergy that is over, and every other one', async () => {
    const status = (code: string) => ({
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code }],
      },
    });
    const { known } = await ask({
      allergies: searchset([
        allergy('a', 'Latex', status('active')),
        allergy('a', 'Pollen', status('resolved')),
        allergy('a', 'Iodine'),
        allergy('b', 'None', { code: { coding: [{ system: SNOMED, code: '716186003' }] } }),
      ]),
    });
    expect(namesOf(known('a'))).toEqual(['Latex', 'Iodine']);
    expect(known('b').allergies).toEqual({ kind: 'none', text: 'No known allergy' });
  });
});

describe('the courses of a view of courses', () => {
  test('are not asked for again; their last sessions are', async () => {
    const rows = [row('a', planWith('a', 'e1', 'e2')), row('b', planWith('b'))];
    const { searches, known, missing } = await ask(
      { 'last sessions': searchset([session('e2', '2026-11-20T15:00:00Z')]) },
      { rows },
    );
    expect(searches.map(kindOf)).not.toContain('courses');
    expect(searches.at(-1)).toBe('Encounter?_id=e2&_count=500');
    expect(known('a').lastSession?.toString()).toBe('2026-11-20');
    expect(known('b').lastSession).toBeUndefined();
    expect(missing).toEqual([]);
  });

  test('of one patient give the latest session of them all', async () => {
    const rows = [row('a', planWith('a', 'e1')), row('a', { ...planWith('a', 'e2'), id: 'k-2' })];
    const { known } = await ask(
      {
        'last sessions': searchset([
          session('e2', '2026-11-20T15:00:00Z'),
          session('e1', '2026-11-21T15:00:00Z'),
        ]),
      },
      { rows },
    );
    expect(known('a').lastSession?.toString()).toBe('2026-11-21');
  });

  test.each([
    ['was not sent', searchset([])],
    ['does not say when it was', searchset([{ resourceType: 'Encounter', id: 'e1' }])],
    ['cannot be read', searchset([session('e1', 20261120)])],
  ])('whose last session %s are not taken for new ones', async (_, answer) => {
    const { missing, known } = await ask(
      { 'last sessions': answer },
      { rows: [row('a', planWith('a', 'e1'))] },
    );
    expect(missing).toEqual(['last sessions']);
    expect(known('a').lastSession).toBeUndefined();
  });
});

describe('what is missing is said, never taken for none', () => {
  const kinds: readonly FactKind[] = [
    'courses',
    'appointments',
    'appointments of today',
    'allergies',
    'consents',
    'unsigned sessions',
  ];

  test.each(kinds)('where the question for %s failed', async (kind) => {
    const { missing } = await ask({ [kind]: 403 });
    expect(missing).toEqual([kind]);
  });

  test.each([true, false])('where everything failed, as an error (in one batch: %s)', async (batchSearch) => {
    const { clinic } = scriptedClinic(() => 403, { capabilities: { batchSearch } });
    await expect(
      new QueryClient().fetchQuery(patientFacts(clinic, 'nurse', [row('a')])),
    ).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test.each([
    ['an allergy that cannot be read', 'allergies', { ...allergy('a', 'Latex'), code: 'latex' }],
    ['an allergy of nobody', 'allergies', { ...allergy('a', 'Latex'), patient: { display: 'Ada' } }],
    ['a consent whose end cannot be read', 'consents', consent('a', 'next spring')],
    ['an unsigned note without a day', 'unsigned sessions', note('a', '2026-11')],
    ['an appointment without a time', 'appointments', appointment('1', undefined, 'a')],
    ['an appointment of nobody', 'appointments', appointment('1', '2026-11-24T14:00:00Z')],
    ['a course that cannot be read', 'courses', plan('a', { activity: 'six' })],
  ] as const)('where the server sent %s', async (_, kind, resource) => {
    const { missing, known } = await ask({ [kind]: searchset([resource]) });
    expect(missing).toEqual([kind]);
    expect(known('a')).toMatchObject({
      allergies: { kind: 'notAsked' },
      nextSession: undefined,
      course: undefined,
      unsigned: [],
    });
  });

  test('and what did come is kept: a known allergy counts, whatever else was lost', async () => {
    const bundle = searchset([allergy('a', 'Latex'), allergy('a', 'Iodine', { code: 'iodine' })]);
    const { missing, known } = await ask({
      allergies: { ...bundle, entry: [...bundle.entry, { resource: 'half an entry' }] },
    });
    expect(missing).toEqual(['allergies']);
    expect(namesOf(known('a'))).toEqual(['Latex']);
  });

  test('and a warning of the server costs no fact', async () => {
    const warning = { resource: outcome('Slow today', { severity: 'warning' }), search: { mode: 'outcome' } };
    const bundle = searchset([allergy('a', 'Latex')]);
    const { known, missing } = await ask({ allergies: { ...bundle, entry: [warning, ...bundle.entry] } });
    expect(namesOf(known('a'))).toHaveLength(1);
    expect(missing).toEqual(['allergies']);
  });
});

describe('facts that came once', () => {
  /** Two answers to the same question, the second one given to the same cache. */
  async function askTwice(first: Answers, second: Answers | number) {
    let answers: Answers | number = first;
    const { clinic } = scriptedClinic((search) =>
      typeof answers === 'number' ? answers : (answers[kindOf(search)] ?? searchset([])),
    );
    const cache = new QueryClient();
    const options = patientFacts(clinic, 'nurse', [row('a')]);
    await cache.fetchQuery(options);
    answers = second;
    const facts = await cache.fetchQuery(options).catch(() => undefined);
    return { facts, cached: cache.getQueryData(options.queryKey) };
  }

  const latex = searchset([allergy('a', 'Latex')]);
  const booked = searchset([appointment('1', '2026-11-24T14:00:00Z', 'a')]);

  test('stay where the next question for them fails, marked as missing', async () => {
    const { facts } = await askTwice({ allergies: latex, appointments: booked }, { allergies: 503 });
    expect(namesOf(facts?.byPatient.get('a') ?? expect.fail())).toEqual(['Latex']);
    expect(facts?.byPatient.get('a')?.nextSession).toBeUndefined();
    expect([...(facts?.missing ?? [])]).toEqual(['allergies']);
    expect([...(facts?.kept ?? [])]).toEqual(['allergies']);
  });

  test('stay with the surnames of today', async () => {
    const today = searchset([appointment('t', '2026-11-23T15:00:00Z', 'x')], {
      included: [patient('x', { name: [{ family: 'Okafor' }] })],
    });
    const { facts } = await askTwice({ 'appointments of today': today }, { 'appointments of today': 503 });
    expect([...(facts?.surnamesToday.keys() ?? [])]).toEqual(['okafor']);
  });

  test('stay, but are no whole answer, where they were incomplete then', async () => {
    const half = searchset([allergy('a', 'Latex'), allergy('a', 'Iodine', { code: 'iodine' })]);
    const { facts } = await askTwice({ allergies: half }, { allergies: 503 });
    expect(namesOf(facts?.byPatient.get('a') ?? expect.fail())).toEqual(['Latex']);
    expect([...(facts?.missing ?? [])]).toEqual(['allergies']);
    expect([...(facts?.kept ?? [])]).toEqual([]);
  });

  test('go where the next answer no longer has them', async () => {
    const { facts } = await askTwice({ allergies: latex }, {});
    expect(facts?.byPatient.get('a')?.allergies).toEqual({ kind: 'notAsked' });
  });

  test('stay as they are where nothing is answered at all', async () => {
    const { facts, cached } = await askTwice({ allergies: latex }, 503);
    expect(facts).toBeUndefined();
    expect(namesOf(cached?.byPatient.get('a') ?? expect.fail())).toEqual(['Latex']);
    expect(cached?.missing.size).toBe(0);
  });
});

test('facts for a file are asked with the signal of who waits for them', async () => {
  const { clinic, requests } = scriptedClinic(() => searchset([]));
  const controller = new AbortController();
  const reason = new Error('stopped');
  controller.abort(reason);
  await expect(loadPatientFacts(clinic, 'nurse', [row('a')], controller.signal)).rejects.toBe(reason);
  expect(requests).toEqual([]);
});

describe('facts that the server sends in pages', () => {
  const next = (page: string) => ({ next: pageLink(`AllergyIntolerance?page=${page}`) });
  const first = searchset([allergy('a', 'Latex')], next('2'));

  test('are followed to the end', async () => {
    const { known, missing } = await ask(
      { allergies: first },
      {
        pages: { 2: searchset([allergy('a', 'Iodine')], next('3')), 3: searchset([allergy('b', 'Pollen')]) },
      },
    );
    expect(namesOf(known('a'))).toEqual(['Latex', 'Iodine']);
    expect(namesOf(known('b'))).toEqual(['Pollen']);
    expect(missing).toEqual([]);
  });

  test.each([
    ['fails', 403],
    ['is damaged', { ...searchset([]), entry: [{ resource: 'half' }] }],
  ])('are missing, but for those that came, where a further page %s', async (_, page) => {
    const { known, missing } = await ask({ allergies: first }, { pages: { 2: page } });
    expect(missing).toEqual(['allergies']);
    expect(namesOf(known('a'))).toEqual(['Latex']);
  });

  test('are missing where there are more than any page of patients has', async () => {
    const flood = Array.from({ length: 5001 }, (_, index) => allergy('a', `Allergen ${index}`));
    const { missing } = await ask({ allergies: first }, { pages: { 2: searchset(flood) } });
    expect(missing).toEqual(['allergies']);
  });
});

describe('the surnames of today', () => {
  const named = (id: string, family: string, language?: string) =>
    patient(id, {
      name: [{ family }],
      ...(language && { communication: [{ language: { coding: [{ code: language }] } }] }),
    });
  const today = (...ids: readonly string[]) =>
    ids.map((id) => appointment(`t-${id}`, '2026-11-23T15:00:00Z', id));

  test('are those of everybody who comes, on whatever page they are', async () => {
    const { facts, missing } = await ask({
      'appointments of today': searchset([...today('a', 'x', 'y'), ...today('a')], {
        included: [named('a', 'Okafor'), named('x', 'okafor'), named('y', 'İnce', 'tr')],
      }),
    });
    expect(Object.fromEntries([...facts.surnamesToday].map(([surname, ids]) => [surname, [...ids]]))).toEqual(
      {
        okafor: ['a', 'x'],
        ince: ['y'],
      },
    );
    expect(missing).toEqual([]);
  });

  test('are read of a patient whose record is damaged elsewhere', async () => {
    const broken = { ...named('x', 'Okafor'), birthDate: 1950 };
    const { facts } = await ask({ 'appointments of today': searchset(today('x'), { included: [broken] }) });
    expect([...facts.surnamesToday.keys()]).toEqual(['okafor']);
  });

  test('go on behind the link to a further page', async () => {
    const { facts } = await ask(
      {
        'appointments of today': searchset(today('a'), {
          included: [named('a', 'Okafor')],
          next: pageLink('Appointment?page=2'),
        }),
      },
      { pages: { 2: searchset(today('x'), { included: [named('x', 'Okafor')] }) } },
    );
    expect(facts.surnamesToday.get('okafor')?.size).toBe(2);
  });

  test('are incomplete where a day has more than 500 appointments, and nothing more is asked', async () => {
    const flood = Array.from({ length: 500 }, (_, index) =>
      appointment(`t-${index}`, '2026-11-23T15:00:00Z', 'a'),
    );
    const { missing, searches } = await ask({
      'appointments of today': searchset(flood, {
        included: [named('a', 'Okafor')],
        next: pageLink('Appointment?page=2'),
      }),
    });
    expect(missing).toEqual(['appointments of today']);
    expect(searches.filter((search) => search.includes('page=2'))).toEqual([]);
  });

  test('are incomplete where somebody who comes was not sent along', async () => {
    const answer = searchset(today('a', 'x'), { included: [named('a', 'Okafor')] });
    expect((await ask({ 'appointments of today': answer })).missing).toEqual(['appointments of today']);
  });

  test('are complete though an appointment is nobody’s', async () => {
    const blocked = {
      ...appointment('block', '2026-11-23T15:00:00Z'),
      participant: [{ actor: { reference: 'Location/1' } }],
    };
    expect((await ask({ 'appointments of today': searchset([blocked]) })).missing).toEqual([]);
  });
});
