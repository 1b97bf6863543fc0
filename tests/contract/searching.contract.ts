/** What every list, count and chart asks of the server, each with something to find. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localToken, token } from '#src/fhir/codes.ts';
import { FhirError } from '#src/fhir/error.ts';
import type { RawResource } from '#src/fhir/resource.ts';
import { referenceTo } from '#src/fhir/resource.ts';
import { anyOf, searchRequest, type SearchValue } from '#src/fhir/search.ts';
import {
  concept,
  CRPS,
  DAY,
  makeRecords,
  MRN_SYSTEM,
  painOf,
  record,
  reminderOf,
  ROWS,
  to,
} from './clinic-records.ts';
import { openServer, PROFILES } from './contract-server.ts';

const CLINIC_DAY = [`ge${DAY.start}`, `lt${DAY.end}`];

describe.each(PROFILES)('searching on %s', (profile) => {
  const server = openServer(profile);
  const { client, word } = server;
  let made: Awaited<ReturnType<typeof makeRecords>>;

  beforeAll(async () => {
    made = await makeRecords(server);
  });
  afterAll(() => server.remove());

  const find = async (type: string, params: Readonly<Record<string, SearchValue>>) =>
    (await client.searchAll(searchRequest(type, params))).matches.map(referenceTo).toSorted();
  /** The same, of the first patient's records. */
  const findOwn = (type: string, params: Readonly<Record<string, SearchValue>>) =>
    find(type, { patient: referenceTo(made.patient), ...params });
  const these = (...records: readonly RawResource[]) => records.map(referenceTo).toSorted();
  const countOf = async (...requests: readonly (readonly [string, Record<string, SearchValue>])[]) => {
    const counts = await client.count(
      requests.map(([type, params]) =>
        searchRequest(type, { patient: referenceTo(made.patient), ...params }),
      ),
    );
    return counts.map((count) => (count instanceof FhirError ? count.message : count));
  };

  describe('people', () => {
    test('by number, with and without its system', async () => {
      expect(await find('Patient', { identifier: token(MRN_SYSTEM, `${word}-1`) })).toEqual(
        these(made.patient),
      );
      expect(await find('Patient', { identifier: `${word}-2` })).toEqual(these(made.other));
      expect(await find('Patient', { identifier: token(MRN_SYSTEM, `${word}-3`) })).toEqual([]);
    });

    test.each([
      ['the beginning of the family name, in capitals', () => ({ name: word.slice(0, -2).toUpperCase() })],
      ['the family name', () => ({ family: word })],
    ])('by %s', async (_, params) => {
      const page = await client.searchPage(searchRequest('Patient', params(), { identifying: true }));
      expect(page.matches.map(referenceTo).toSorted()).toEqual(these(made.patient, made.other));
    });

    test('by family and given name together', async () => {
      const params = { family: word, given: 'ana2' };
      const page = await client.searchPage(searchRequest('Patient', params, { identifying: true }));
      expect(page.matches.map(referenceTo)).toEqual(these(made.other));
    });

    test('by birth date and by telephone', async () => {
      for (const params of [{ birthdate: '1961-02-28', family: word }, { phone: `+1 555 ${word}` }]) {
        const page = await client.searchPage(searchRequest('Patient', params, { identifying: true }));
        expect(page.matches.map(referenceTo).toSorted()).toEqual(these(made.patient, made.other));
      }
    });
  });

  test('by reference, one and several', async () => {
    const both = anyOf([referenceTo(made.patient), referenceTo(made.other)]);
    expect(await findOwn('Condition', {})).toEqual(these(made.condition));
    expect(await find('Condition', { patient: both })).toEqual(these(made.condition));
    expect(await find('Observation', { patient: both, _count: 100 })).toHaveLength(ROWS + 6);
    expect(await find('Condition', { patient: referenceTo(made.other) })).toEqual([]);
  });

  test('by code and system', async () => {
    const active = { code: token(CRPS.system, CRPS.code), 'clinical-status': 'active' };
    expect(await findOwn('Condition', active)).toEqual(these(made.condition));
    expect(await findOwn('Condition', { code: token('https://other.example', CRPS.code) })).toEqual([]);
    expect(await find('Location', { type: localToken('infusion-chair'), name: word })).toEqual(
      these(made.chair),
    );
  });

  test('by one category of several', async () => {
    const phase = { category: localToken('phase-maintenance'), status: 'active' };
    expect(await findOwn('CarePlan', phase)).toEqual(these(made.openCourse));
    const course = { category: localToken('ketamine-course') };
    expect(await findOwn('CarePlan', course)).toEqual(these(made.openCourse, made.closedCourse));
  });

  test('by both of two types: a repeated parameter means and', async () => {
    const both = [localToken('ketamine-infusion'), localToken('outcome-completed')];
    expect(await findOwn('Encounter', { type: both })).toEqual(these(made.finished));
    expect(await findOwn('Encounter', { type: both.join(',') })).toEqual(
      these(made.finished, made.stopped, made.running),
    );
  });

  describe('days', () => {
    test('a day of the clinic, whatever the offset it is written in', async () => {
      const expected = these(made.first, made.last, made.elsewhere);
      expect(await findOwn('Appointment', { date: CLINIC_DAY, status: 'booked' })).toEqual(expected);
      const inIndia = ['ge2031-03-10T09:30:00+05:30', 'lt2031-03-11T09:30:00+05:30'];
      expect(await findOwn('Appointment', { date: inIndia, status: 'booked' })).toEqual(expected);
    });

    test('by chair', async () => {
      const chair = { actor: referenceTo(made.chair), date: CLINIC_DAY, status: 'booked,arrived' };
      expect(await find('Appointment', chair)).toEqual(these(made.first, made.last, made.elsewhere));
    });

    test('sessions that began in a window, and no older one that has no end yet', async () => {
      const window = { date: ['sa2031-03-09T23:59:59-04:00', 'lt2031-03-11T00:00:00-04:00'] };
      expect(await findOwn('Encounter', window)).toEqual(these(made.finished));
      const wider = { date: ['sa2031-03-07T23:59:59-05:00', 'lt2031-03-11T00:00:00-04:00'] };
      expect(await findOwn('Encounter', wider)).toEqual(these(made.finished, made.running));
    });

    test('courses that began in a window', async () => {
      const began = { date: ['sa2031-02-28T23:59:59-05:00', 'lt2031-04-01T00:00:00-04:00'] };
      expect(await findOwn('CarePlan', began)).toEqual(these(made.closedCourse));
    });

    test('reminders by the instant of their next action', async () => {
      const now = { status: 'requested,received,on-hold', period: `lt${DAY.end}` };
      expect(await findOwn('Task', now)).toEqual(these(made.overdue));
      const week = { status: 'requested,received', period: [`ge${DAY.end}`, 'lt2031-03-17T00:00:00-04:00'] };
      expect(await findOwn('Task', week)).toEqual(these(made.ahead));
      expect(await findOwn('Task', { status: 'on-hold', period: `ge${DAY.end}` })).toEqual(
        these(made.snoozed),
      );
      expect(await findOwn('Task', { status: 'accepted', period: 'lt2031-03-12T00:00:00-04:00' })).toEqual(
        these(made.booked),
      );
    });

    test('adverse events', async () => {
      const params = { subject: referenceTo(made.patient), actuality: 'actual' };
      const date = ['ge2031-03-07T00:00:00-05:00', 'lt2031-03-08T00:00:00-05:00'];
      expect(await find('AdverseEvent', { ...params, date })).toHaveLength(1);
      expect(await find('AdverseEvent', { ...params, date: CLINIC_DAY })).toEqual([]);
    });

    test('what changed since an instant', async () => {
      const { matches } = await client.searchAll(
        searchRequest('Task', {
          patient: referenceTo(made.patient),
          _lastUpdated: `ge${made.overdue.meta?.lastUpdated}`,
        }),
      );
      expect(matches.map(referenceTo)).toContain(referenceTo(made.overdue));
      expect(await findOwn('Task', { _lastUpdated: 'ge2131-01-01T00:00:00Z' })).toEqual([]);
    });
  });

  describe('along references', () => {
    test('session, course, note, call and reason', async () => {
      expect(await find('Encounter', { appointment: referenceTo(made.first) })).toEqual(these(made.running));
      const ahead = { 'supporting-info': referenceTo(made.openCourse), status: 'booked,arrived,checked-in' };
      expect(await find('Appointment', ahead)).toHaveLength(4);
      expect(
        await find('Composition', { encounter: referenceTo(made.finished), _sort: 'date' }),
      ).toHaveLength(1);
      expect(await find('Communication', { 'based-on': referenceTo(made.overdue) })).toHaveLength(1);
      expect(await find('Provenance', { target: referenceTo(made.overdue) })).toHaveLength(1);
    });

    test('unsigned notes', async () => {
      const unsigned = { type: localToken('infusion-session-note'), status: 'preliminary' };
      expect(await findOwn('Composition', unsigned)).toEqual(these(made.unsigned));
      expect(await findOwn('Composition', { ...unsigned, date: `lt${DAY.end}` })).toEqual(
        these(made.unsigned),
      );
    });

    test('several codes of several sessions in one request', async () => {
      const params = {
        encounter: anyOf(these(made.finished, made.stopped)),
        code: anyOf([localToken('session-dose-total'), localToken('pain-before-session')]),
        _count: 200,
      };
      expect(await find('Observation', params)).toHaveLength(3);
    });

    test('by a hundred ids at once', async () => {
      const unknown = Array.from({ length: 97 }, (_, index) => `${word}-${index}`.slice(-60));
      const ids = [made.overdue, made.ahead, made.snoozed].map(({ id }) => id ?? '');
      expect(await find('Task', { _id: anyOf([...unknown, ...ids]), _count: 100 })).toEqual(
        these(made.overdue, made.ahead, made.snoozed),
      );
    });

    test('what comes along with a page', async () => {
      const page = await client.searchPage(
        searchRequest('Task', {
          patient: referenceTo(made.patient),
          status: 'requested,accepted',
          _include: ['Task:patient', 'Task:encounter', 'Task:based-on', 'Task:focus'],
        }),
      );
      expect(page.matches).toHaveLength(3);
      expect([...page.included.keys()].toSorted()).toEqual(
        these(made.patient, made.stopped, made.openCourse, made.dayAfter),
      );
      expect(page.included.get(referenceTo(made.patient))).toMatchObject({ birthDate: '1961-02-28' });
    });
  });

  describe('pages', () => {
    const rows = () => ({ patient: referenceTo(made.other), _sort: 'date,_id' });

    test('fit together though nothing but the id tells the rows apart', async () => {
      let page = await client.searchPage(searchRequest('Observation', { ...rows(), _count: 7 }));
      const seen = page.matches.map(({ id }) => id);
      for (let pages = 1; page.next !== undefined && pages < ROWS; pages += 1) {
        page = await client.searchPage({ next: page.next });
        seen.push(...page.matches.map(({ id }) => id));
      }
      expect(seen).toHaveLength(ROWS);
      expect(new Set(seen).size).toBe(ROWS);
    });

    test('may hold a hundred', async () => {
      const page = await client.searchPage(searchRequest('Observation', { ...rows(), _count: 100 }));
      expect(page.matches).toHaveLength(ROWS);
      expect(page.next).toBeUndefined();
    });

    test('stop where they are told to, and say so', async () => {
      const request = searchRequest('Observation', { ...rows(), _count: 10 });
      expect(await client.searchAll(request, { maxRows: 15 })).toMatchObject({ complete: false });
      expect(await client.searchAll(request)).toMatchObject({ complete: true });
    });

    test('are in order, in both directions', async () => {
      const inOrder = async (sort: string) => {
        const params = { patient: referenceTo(made.patient), _sort: sort };
        const { matches } = await client.searchAll(searchRequest('Task', params));
        return matches.map(referenceTo);
      };
      const ascending = [made.overdue, made.booked, made.ahead, made.snoozed].map(referenceTo);
      expect(await inOrder('period,_id')).toEqual(ascending);
      expect(await inOrder('-period,_id')).toEqual(ascending.toReversed());
    });
  });

  test('counts', async () => {
    expect(
      await countOf(
        ['Appointment', { date: CLINIC_DAY, status: 'cancelled', 'part-status': 'declined' }],
        ['Appointment', { date: CLINIC_DAY, status: 'cancelled', 'part-status': 'tentative' }],
        [
          'Observation',
          {
            code: localToken('induction-outcome'),
            'value-concept': localToken('responder'),
            date: CLINIC_DAY,
          },
        ],
        [
          'Encounter',
          { status: 'finished', type: localToken('ketamine-infusion'), _include: 'Encounter:patient' },
        ],
      ),
    ).toEqual([1, 0, 2, 2].map((value) => ({ value, exact: true })));
  });

  test('many searches at once, each with its own answer', async () => {
    const patient = referenceTo(made.patient);
    const answers = await client.searchMany([
      searchRequest('CarePlan', { patient, _include: 'CarePlan:patient' }),
      searchRequest('Task', { patient, _sort: 'period,_id', _count: 2 }),
      searchRequest('Appointment', { patient, date: `ge${DAY.end}` }),
      searchRequest('Condition', { patient: `Patient/${word}` }),
    ]);
    const found = answers.map((page) => (page instanceof FhirError ? page.message : page.matches.length));
    expect(found).toEqual([2, 2, 1, 0]);
    const [courses, tasks] = answers;
    expect(courses instanceof FhirError || courses?.included.has(patient)).toBe(true);
    const next = tasks instanceof FhirError ? undefined : tasks?.next;
    expect((await client.searchPage({ next: next ?? '' })).matches).toHaveLength(2);
  });

  test('a list shows what was written a moment ago', async () => {
    const reminders = { status: 'received', patient: referenceTo(made.patient) };
    expect(await find('Task', reminders)).toEqual([]);
    const task = await server.make(reminderOf(made.patient, DAY.start, { status: 'received' }));
    expect(await find('Task', reminders)).toEqual(these(task));
    const cancelled = { ...task, status: 'cancelled', statusReason: concept('contacted') };
    await client.update(cancelled);
    expect(await find('Task', reminders)).toEqual([]);
    const pain = painOf(made.patient, { effectiveDateTime: '2031-06-01T09:00:00-04:00' });
    const later = { date: 'ge2031-05-01T00:00:00-04:00' };
    expect(await countOf(['Observation', later])).toEqual([{ value: 0, exact: true }]);
    await server.make(pain);
    expect(await countOf(['Observation', later])).toEqual([{ value: 1, exact: true }]);
    const note = record('Communication', { status: 'completed', subject: to(made.other) });
    await server.make(note);
    expect(await find('Communication', { patient: referenceTo(made.other) })).toHaveLength(1);
  });
});
