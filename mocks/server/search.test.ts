import type { Bundle, FhirResource } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { EXAMPLES, example } from './example-records.ts';
import {
  BASE,
  bundleOf,
  matchIds,
  nextLink,
  outcomeOf,
  testServer,
  type TestServer,
} from './server-fixture.ts';

function patient(
  id: string,
  family: string,
  given: string,
  more: Record<string, unknown> = {},
): FhirResource {
  return example('Patient', {
    id,
    name: [{ family, given: given.split(' ') }],
    extension: undefined,
    ...more,
  });
}

const PATIENTS = [
  patient('a', 'Okafor', 'Ada Grace', { birthDate: '1979-03-04' }),
  patient('b', "O'Brien", 'José', {
    birthDate: '1979-11',
    gender: 'male',
    telecom: [{ system: 'phone', value: '555,1' }],
  }),
  patient('c', 'García-Lopez', 'Ana', {
    birthDate: '1980',
    active: false,
    identifier: [{ system: 's:1', value: '1' }],
  }),
  patient('d', 'van der Berg', 'Ada', {
    birthDate: undefined,
    deceasedBoolean: undefined,
    deceasedDateTime: '2026',
    identifier: [{ system: 's:2', value: '1' }, { value: '9' }],
  }),
];

function clinic(): TestServer {
  return testServer([...Object.values(EXAMPLES), ...PATIENTS]);
}

async function found(server: TestServer, search: string): Promise<string> {
  return (await server.ids(search)).join(' ');
}

describe('parameters', () => {
  test.each([
    ['Patient?name=oka', 'a okafor'],
    ['Patient?name=OKAFOR', 'a okafor'],
    ['Patient?name=kafor', ''],
    ['Patient?name=berg', 'd'],
    ['Patient?name=ada%20berg', 'd'],
    ['Patient?name=ada,jos', 'a b d okafor'],
    ['Patient?name=ada&name=okafor', 'a okafor'],
    ['Patient?name=garcia', ''],
    ['Patient?name=garc%C3%ADa', 'c'],
    ['Patient?name=lopez', ''],
    ["Patient?name=o'b", 'b'],
    ['Patient?name=ob', ''],
    ['Patient?family=ada', ''],
    ['Patient?given=grace', 'a okafor'],
    ['Patient?family:exact=Okafor', 'a okafor'],
    ['Patient?family:exact=okafor', ''],
    ['Patient?family:contains=LOPEZ', 'c'],
    ['Patient?address=spring', 'a b c d okafor'],
  ])('string: %s', async (search, expected) => {
    expect(await found(clinic(), search)).toBe(expected);
  });

  test.each([
    ['Patient?identifier=s:1|1', 'c'],
    ['Patient?identifier=1', 'c d'],
    ['Patient?identifier=s:2|', 'd'],
    ['Patient?identifier=|9', 'd'],
    ['Patient?identifier=|1', ''],
    ['Patient?identifier=s:1|1,9', 'c d'],
    ['Patient?active=false', 'c'],
    ['Patient?deceased=true', 'd'],
    ['Patient?deceased=false', 'a b c okafor'],
    ['Patient?gender=male', 'b'],
    ['Patient?phone=555%5C,1', 'b'],
    ['Patient?email=555%5C,1', ''],
    ['Patient?telecom=555%5C,1', 'b'],
    ['Observation?code=http://loinc.org|72514-3', 'pain'],
    ['Observation?code=pain-before-session', 'pain'],
    ['Observation?code=http://loinc.org|pain-before-session', ''],
    ['Encounter?type=ketamine-infusion&type=phase-induction', 'session'],
    ['Encounter?type=ketamine-infusion&type=phase-maintenance', ''],
    ['Encounter?class=AMB', 'session'],
    ['Appointment?part-status=declined', ''],
    ['Composition?type=infusion-session-note&status=preliminary', 'note'],
    ['Patient?_id=a,c,nobody', 'a c'],
  ])('token: %s', async (search, expected) => {
    expect(await found(clinic(), search)).toBe(expected);
  });

  test.each([
    ['Patient?birthdate=1979', 'a b okafor'],
    ['Patient?birthdate=1979-03-04', 'a okafor'],
    ['Patient?birthdate=1979-11-02', ''],
    ['Patient?birthdate=lt1979-11-02', 'a b okafor'],
    ['Patient?birthdate=ne1979', 'c'],
    ['Patient?birthdate=ge1979-12', 'c'],
    ['Patient?birthdate=1980,1979-11', 'b c'],
    ['Appointment?date=ge2026-11-20T00:00:00-05:00&date=lt2026-11-21T00:00:00-05:00', 'visit'],
    ['Appointment?date=gt2026-11-20T10:00:00-05:00', ''],
    ['Encounter?date=gt2026-11-20T10:00:00-05:00', 'session'],
    ['Encounter?date=sa2026-11-20T09:04:59-05:00', 'session'],
    ['Encounter?date=sa2026-11-20T09:05:00-05:00', ''],
    ['CarePlan?date=ge2050-01-01T00:00:00Z', 'course'],
    ['CarePlan?date=eb2050-01-01T00:00:00Z', ''],
    ['Task?period=lt2026-12-18T05:00:01Z', 'reminder'],
    ['Task?period=ge2026-12-18T05:00:00Z', 'reminder'],
    ['Consent?period=2026', 'consent'],
    ['Patient?_lastUpdated=2026-11-20T08:00:00Z&_id=a', 'a'],
    ['Patient?_lastUpdated=gt2026-11-20T08:00:00Z', ''],
  ])('date: %s', async (search, expected) => {
    expect(await found(clinic(), search.replaceAll('+', '%2B'))).toBe(expected);
  });

  test.each([
    ['Encounter?patient=Patient/okafor', 'session'],
    ['Encounter?patient=okafor', 'session'],
    [`Encounter?subject=${BASE}/Patient/okafor`, 'session'],
    ['Encounter?patient=Patient/a,Patient/okafor', 'session'],
    ['Encounter?patient=Patient/a', ''],
    ['Appointment?actor=Location/chair-1', 'visit'],
    ['Appointment?location=chair-1', 'visit'],
    ['Appointment?supporting-info=CarePlan/course', 'visit'],
    ['Task?based-on=CarePlan/course&code=maintenance-infusion', 'reminder'],
    ['Provenance?target=Appointment/visit', 'why'],
    ['Provenance?patient=Patient/okafor', 'why'],
    ['QuestionnaireResponse?questionnaire=https://clinic.test/Questionnaire/checklist', 'answers'],
    ['CarePlan?instantiates-uri=https://chairside.example/fhir/protocol/standard', 'course'],
    ['CarePlan?instantiates-uri=https://chairside.example/fhir/protocol', ''],
  ])('reference and uri: %s', async (search, expected) => {
    expect(await found(clinic(), search)).toBe(expected);
  });

  test('a form is the same search', async () => {
    const answer = await clinic().send('POST', 'Patient/_search', {
      body: new URLSearchParams('name=okafor&_sort=-_id'),
    });
    expect(matchIds(bundleOf(answer))).toEqual(['okafor', 'a']);
  });
});

describe('refusals', () => {
  test.each([
    ['Patient?nmae=x', 'nmae', 'invalid'],
    ['Patient?encounter=Encounter/x', 'encounter', 'invalid'],
    ['AdverseEvent?patient=Patient/x', 'patient', 'invalid'],
    ['Patient?gender:not=male', 'gender:not', 'not-supported'],
    ['Patient?gender:missing=true', 'gender:missing', 'not-supported'],
    ['Patient?identifier:of-type=a|b|c', 'identifier:of-type', 'not-supported'],
    ['Encounter?subject:Patient=x', 'subject:Patient', 'not-supported'],
    ['Encounter?patient.name=x', 'patient.name', 'not-supported'],
    ['Encounter?subject:Patient.name=x', 'subject', 'not-supported'],
    ['Patient?_has:Task:patient:code=x', '_has', 'not-supported'],
    ['Patient?_revinclude=Task:patient', '_revinclude', 'not-supported'],
    ['Patient?_filter=name eq x', '_filter', 'not-supported'],
    ['Patient?_elements=name', '_elements', 'not-supported'],
    ['Patient?_summary=true', '_summary', 'not-supported'],
    ['Patient?_total=estimate', '_total', 'not-supported'],
    ['Patient?_format=xml', '_format', 'not-supported'],
    ['Patient?_include:iterate=Patient:organization', '_include', 'not-supported'],
    ['Patient?_include=*', '_include', 'invalid'],
    ['Patient?_include=Task:patient', '_include', 'invalid'],
    ['Patient?_include=Patient:name', '_include', 'invalid'],
    ['Patient?_sort=nmae', '_sort', 'invalid'],
    ['Encounter?_sort=patient', '_sort', 'invalid'],
    ['Patient?_count=ten', '_count', 'invalid'],
    ['Patient?_count=-1', '_count', 'invalid'],
    ['Patient?_count=1&_count=2', '_count', 'invalid'],
    ['Patient?name=', 'name', 'invalid'],
    ['Patient?name=a,,b', 'name', 'invalid'],
    ['Patient?identifier=|', 'identifier', 'invalid'],
    ['Patient?identifier=a|b|c', 'identifier', 'invalid'],
    ['Patient?birthdate=yesterday', 'birthdate', 'invalid'],
    ['Patient?birthdate=ap1979', 'birthdate', 'invalid'],
    ['Patient?birthdate=1979-13', 'birthdate', 'invalid'],
    ['Appointment?date=ge2026-11-20T00:00:00+01:00', 'date', 'invalid'],
    ['Appointment?date=ge2026-11-20T00:00:00', 'date', 'invalid'],
    ['Encounter?patient=Location/x', 'patient', 'invalid'],
    ['Encounter?subject=okafor', 'subject', 'invalid'],
    ['Encounter?patient=Patient/okafor/_history/1', 'patient', 'not-supported'],
    [`Patient?_id=${Array.from({ length: 101 }, (_, id) => id).join(',')}`, '_id', 'invalid'],
    ['Patient?_page=made-up', '_page', 'invalid'],
  ])('%s names %s', async (search, expression, code) => {
    const answer = await clinic().get(search);
    expect(answer.status).toBe(400);
    expect(outcomeOf(answer).issue).toMatchObject([{ severity: 'error', code, expression: [expression] }]);
  });

  test('a form beside a query string', async () => {
    const answer = await clinic().send('POST', 'Patient/_search?_count=1', {
      body: new URLSearchParams('name=x'),
    });
    expect(answer.status).toBe(400);
  });

  test('a form of another content type', async () => {
    expect((await clinic().send('POST', 'Patient/_search', { body: '{}' })).status).toBe(415);
  });
});

describe('what an answer holds', () => {
  test.each([
    ['_sort=family', 'c b a okafor d'],
    ['_sort=-family', 'd a okafor b c'],
    ['_sort=birthdate', 'a okafor b c d'],
    ['_sort=-birthdate', 'c b a okafor d'],
    ['_sort=given,-_id', 'okafor d a c b'],
    ['_sort=-_id', 'okafor d c b a'],
  ])('%s: missing values last, the id breaks ties', async (sort, expected) => {
    expect(await found(clinic(), `Patient?${sort}`)).toBe(expected);
  });

  test('a total only when asked for', async () => {
    const server = clinic();
    expect(bundleOf(await server.get('Patient?_count=2')).total).toBeUndefined();
    expect(bundleOf(await server.get('Patient?_count=2&_total=none')).total).toBeUndefined();
    expect(bundleOf(await server.get('Patient?_count=2&_total=accurate&name=ada'))).toMatchObject({
      total: 3,
    });
  });

  test.each(['_summary=count', '_count=0'])('%s: no entries but how many', async (parameter) => {
    const bundle = bundleOf(await clinic().get(`Patient?name=ada&${parameter}`));
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 3 });
    expect(bundle).not.toHaveProperty('entry');
    expect(nextLink(bundle)).toBeUndefined();
  });

  test('no match: neither entries nor an error', async () => {
    const bundle = bundleOf(await clinic().get('Patient?name=nobody'));
    expect(bundle.type).toBe('searchset');
    expect(bundle).not.toHaveProperty('entry');
  });

  test('entries say what they are and where', async () => {
    const bundle = bundleOf(await clinic().get('Patient?_id=a'));
    expect(bundle.link).toEqual([{ relation: 'self', url: `${BASE}/Patient?_id=a` }]);
    expect(bundle.entry).toMatchObject([{ fullUrl: `${BASE}/Patient/a`, search: { mode: 'match' } }]);
  });

  test('includes come once, after the matches, and never twice as a match', async () => {
    const server = testServer([
      ...Object.values(EXAMPLES),
      example('Appointment', { id: 'second' }),
      example('Organization', { id: 'branch', partOf: { reference: 'Organization/clinic' } }),
    ]);
    const include = ['patient', 'location', 'supporting-info']
      .map((code) => `_include=Appointment:${code}`)
      .join('&');
    expect(described(bundleOf(await server.get(`Appointment?${include}`)))).toEqual([
      'match Appointment/second',
      'match Appointment/visit',
      'include Patient/okafor',
      'include Location/chair-1',
      'include CarePlan/course',
    ]);
    expect(described(bundleOf(await server.get('Organization?_include=Organization:partof')))).toEqual([
      'match Organization/branch',
      'match Organization/clinic',
    ]);
  });

  test('a large _count is capped', async () => {
    const many = Array.from({ length: 530 }, (_, at) =>
      patient(`p${at}`, 'Many', 'One', { managingOrganization: undefined }),
    );
    const bundle = bundleOf(await testServer(many).get('Patient?_count=1000'));
    expect(bundle.entry).toHaveLength(500);
    expect(nextLink(bundle)).toBeDefined();
  });
});

function described(bundle: Bundle): string[] {
  return (bundle.entry ?? []).map(
    ({ search, resource }) => `${search?.mode} ${resource?.resourceType}/${resource?.id}`,
  );
}
