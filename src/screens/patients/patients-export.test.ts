import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LOCAL_SYSTEM } from '#src/fhir/codes.ts';
import { patient, searchset } from '#src/fhir/fake-fetch.ts';
import { pageLink, scriptedClinic, type SearchScript } from '#tests/support/scripted-clinic.ts';
import { exportPatients, type ExportRequest } from './patients-export.ts';
import { loadPatientsPage, type PatientsRow } from './patients-query.ts';
import { patientsSearch } from './patients-search.ts';

const person = (index: number) =>
  patient(`p${index}`, {
    name: [{ family: `Okafor${index}`, given: ['Ada'] }],
    birthDate: '1979-03-04',
    telecom: [{ system: 'phone', value: `+1 555 01${index}` }],
  });

const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => person(from + index));

/** A server with so many patients, 50 on a page; everything that is not about patients or pages finds nothing. */
function serverWith(
  total: number,
  others: (search: string) => object | number | undefined = () => undefined,
): SearchScript {
  return (search) => {
    const other = others(search);
    if (other !== undefined) return other;
    if (!search.startsWith('Patient?')) return searchset([]);
    const from = Number(/page=(\d+)/.exec(search)?.[1] ?? 0);
    const next = from + 50 < total ? { next: pageLink(`Patient?page=${from + 50}`) } : {};
    return searchset(people(from, Math.min(50, total - from)), { total, ...next });
  };
}

function exporting(script: SearchScript, over: Partial<ExportRequest> & { readonly view?: string } = {}) {
  const { clinic, searches } = scriptedClinic(script);
  const progress: number[] = [];
  const file = exportPatients({
    clinic,
    role: 'nurse',
    search: patientsSearch.parse({ view: over.view }),
    typed: '',
    recent: [],
    rows: undefined,
    onProgress: (rows) => progress.push(rows),
    signal: new AbortController().signal,
    ...over,
  });
  return { clinic, file, searches, progress };
}

/** A list that was loaded whole. */
async function rowsHere(count: number): Promise<readonly PatientsRow[]> {
  const { clinic } = scriptedClinic(() => searchset(people(0, count)));
  const place = { search: patientsSearch.parse({}), typed: '', link: undefined, recent: [] };
  return (await loadPatientsPage(clinic, place, new AbortController().signal)).rows;
}

const linesOf = (csv: string) => csv.replace('\uFEFF', '').trimEnd().split('\r\n');

const HEAD = 'Patient,Born,MRN,Phone,Phase and progress,Next session,Alerts';

// The browser stands in the clinic's zone, unless a test says otherwise.
beforeEach(() => void vi.stubEnv('TZ', 'America/New_York'));
afterEach(() => void vi.unstubAllEnvs());

describe('an export', () => {
  test('holds every row of every page once, with the columns on screen', async () => {
    const { file, searches, progress } = exporting(serverWith(120));
    const { csv, rows, name } = await file;
    const lines = linesOf(csv);
    expect(lines[0]).toBe(HEAD);
    expect(lines[1]).toBe("OKAFOR0 Ada,4 Mar 1979,–,'+1 555 010,no running course,–,");
    expect(lines.slice(1).map((line) => line.split(' ')[0])).toEqual(
      Array.from({ length: 120 }, (_, index) => `OKAFOR${index}`),
    );
    expect(rows).toBe(120);
    expect(name).toBe('patients-all-2026-11-23.csv');
    expect(progress).toEqual([50, 100, 120]);
    expect(searches.filter((search) => search.startsWith('Patient?'))).toHaveLength(3);
  });

  test('of one page asks for it once', async () => {
    const { file, searches } = exporting(serverWith(2));
    expect(linesOf((await file).csv)).toHaveLength(3);
    expect(searches.filter((search) => search.startsWith('Patient?'))).toHaveLength(1);
  });

  test('of nothing is the head of the columns', async () => {
    expect(await exporting(serverWith(0)).file).toMatchObject({ csv: `\uFEFF${HEAD}\r\n`, rows: 0 });
  });

  test('is filtered, searched and ordered as the list on screen', async () => {
    const { file, searches } = exporting(serverWith(1), {
      search: patientsSearch.parse({ sort: '-born', sex: 'female', record: 'inactive' }),
      typed: 'oka',
    });
    await file;
    expect(searches[0]).toContain('name=oka&active=false&gender=female&_sort=-birthdate,_id');
  });

  test('writes a row that moved between two pages once', async () => {
    const { file } = exporting((search) => {
      if (!search.startsWith('Patient?')) return searchset([]);
      return search.includes('page=')
        ? searchset(people(1, 2))
        : searchset(people(0, 2), { next: pageLink('Patient?page=2') });
    });
    expect(
      linesOf((await file).csv)
        .slice(1)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['OKAFOR0', 'OKAFOR1', 'OKAFOR2']);
  });

  test('writes what cannot be read as such, on every page', async () => {
    const damaged = (next?: string) => {
      const bundle = searchset([], next === undefined ? {} : { next });
      return { ...bundle, entry: [{ resource: 'half' }, { resource: patient('x', { birthDate: 1950 }) }] };
    };
    const { file } = exporting((search) =>
      search.includes('page=2')
        ? damaged()
        : search.startsWith('Patient?')
          ? damaged(pageLink('Patient?page=2'))
          : 500,
    );
    const reasons = [
      'Unreadable: Patient/x, the field birthDate is not as FHIR wants it, expected string',
      'Unreadable: entry 1, Entry 1 of the answer is not a record',
    ];
    const lines = linesOf((await file).csv).slice(1);
    expect(lines).toEqual([...reasons, ...reasons].map((reason) => `"${reason}",,,,,,`));
  });

  test('of rows that are here already asks for no page, and for the facts of 50 at a time', async () => {
    const rows = (await rowsHere(120)).toReversed();
    const { file, searches, progress } = exporting(serverWith(0), { rows });
    const lines = linesOf((await file).csv);
    expect(lines[1]).toMatch(/^OKAFOR119 /);
    expect(lines).toHaveLength(121);
    expect(progress).toEqual([50, 100, 120]);
    expect(searches.filter((search) => search.startsWith('Patient?'))).toEqual([]);
    const asked = searches.filter((search) => search.startsWith('Consent?'));
    expect(asked.map((search) => search.match(/Patient\//g)?.length)).toEqual([50, 50, 20]);
  });

  test('of a view has the columns of that view, and its items', async () => {
    const plan = {
      resourceType: 'CarePlan',
      id: 'k1',
      status: 'on-hold',
      subject: { reference: 'Patient/p0' },
      category: [{ coding: [{ system: LOCAL_SYSTEM, code: 'phase-induction' }] }],
      activity: [
        {
          outcomeReference: [{ reference: 'Encounter/e1' }],
          detail: { scheduledTiming: { repeat: { count: 6 } } },
        },
      ],
    };
    const encounter = { resourceType: 'Encounter', id: 'e1', period: { start: '2026-11-20T15:00:00Z' } };
    const script = serverWith(0, (search) => {
      if (search.startsWith('CarePlan?')) return searchset([plan], { included: [person(0)] });
      if (!search.startsWith('Encounter?')) return undefined;
      return searchset([encounter]);
    });
    const { csv, name } = await exporting(script, { view: 'induction' }).file;
    expect(linesOf(csv)).toEqual([
      'Patient,Born,MRN,Phase and progress,Last session,Next session,Alerts',
      'OKAFOR0 Ada,4 Mar 1979,–,"induction 1 of 6, paused",20 Nov 2026,paused,No consent; Allergies not asked',
    ]);
    expect(name).toBe('patients-induction-2026-11-23.csv');
  });

  test('says whose time it is where the browser stands in another zone', async () => {
    vi.stubEnv('TZ', 'Pacific/Auckland');
    const { csv } = await exporting(serverWith(0)).file;
    expect(csv).toContain('"Next session, EST"');
  });

  test('says "not loaded" where a fact is missing, never none', async () => {
    const script = serverWith(1, (search) =>
      search.startsWith('Appointment?') || search.startsWith('CarePlan?') ? 403 : undefined,
    );
    expect(linesOf((await exporting(script).file).csv)[1]).toContain(',not loaded,not loaded,');
  });

  test('lets no name run as a formula', async () => {
    const evil = patient('p0', { name: [{ family: '=cmd|calc' }] });
    const { csv } = await exporting((search) => searchset(search.startsWith('Patient?') ? [evil] : [])).file;
    expect(linesOf(csv)[1]).toMatch(/^'=CMD\|CALC,/);
  });
});

describe('half a file is no file', () => {
  test.each([
    [
      'a page cannot be read',
      (search: string) => (search.includes('page=50') ? 403 : undefined),
      'forbidden',
    ],
    [
      'a link leads elsewhere',
      (search: string) =>
        search.startsWith('Patient?')
          ? searchset(people(0, 1), { next: 'https://elsewhere.example/Patient?page=2' })
          : undefined,
      'refused-link',
    ],
  ])('when %s', async (_, others, kind) => {
    await expect(exporting(serverWith(120, others)).file).rejects.toMatchObject({ kind });
  });

  test('when the search answers for more patients than it can name', async () => {
    const { file, searches } = exporting(serverWith(120), { view: 'due', typed: 'okafor' });
    await expect(file).rejects.toThrow('More patients answer the search than it can name');
    expect(searches.filter((search) => search.startsWith('Consent?'))).toEqual([]);
  });

  test('when it is stopped before the facts of a page are asked for', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const script = serverWith(120, (search) => {
      if (search.startsWith('Patient?')) controller.abort(reason);
      return undefined;
    });
    const { file, searches } = exporting(script, { signal: controller.signal });
    await expect(file).rejects.toBe(reason);
    expect(searches.filter((search) => !search.startsWith('Patient?'))).toEqual([]);
  });

  test.each([
    ['its rows are read page by page', false],
    ['its rows are here already', true],
  ])('when it is stopped: nothing more is asked, though %s', async (_, here) => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const { file, searches } = exporting(serverWith(500), {
      rows: here ? await rowsHere(500) : undefined,
      signal: controller.signal,
      onProgress: (rows) => rows === 100 && controller.abort(reason),
    });
    await expect(file).rejects.toBe(reason);
    expect(searches.filter((search) => search.startsWith('Consent?'))).toHaveLength(2);
  });
});
