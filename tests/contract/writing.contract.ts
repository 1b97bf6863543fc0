/** What every form, and every step that touches several records, asks of the server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeFlow } from '#mocks/identity/code-flow.ts';
import { token } from '#src/fhir/codes.ts';
import type { BundleEntryResult } from '#src/fhir/entries.ts';
import { FhirError } from '#src/fhir/error.ts';
import { type RawResource, referenceTo } from '#src/fhir/resource.ts';
import { encodeQuery, searchRequest } from '#src/fhir/search.ts';
import { DAY, MRN_SYSTEM, patientOf, record, reminderOf } from './clinic-records.ts';
import { openServer, PROFILES } from './contract-server.ts';

describe.each(PROFILES)('writing on %s', (profile) => {
  const server = openServer(profile);
  const { client, word, make, tagged } = server;
  let patient: RawResource;

  beforeAll(async () => {
    patient = await make(patientOf(word, 'own'));
  });
  afterAll(() => server.remove());

  const numbered = (number: string) => ({
    condition: encodeQuery([['identifier', token(MRN_SYSTEM, `${word}-${number}`)]]),
    request: searchRequest('Patient', { identifier: token(MRN_SYSTEM, `${word}-${number}`) }),
  });
  const rejected = (work: Promise<unknown>) =>
    work.then(
      () => 'no error',
      (error: unknown) => (error instanceof FhirError ? error.kind : String(error)),
    );

  describe('a record', () => {
    test('comes back as it was sent, fields of other systems with it', async () => {
      const foreign = record('Patient', {
        identifier: [
          { system: 'https://other.example/insurer', value: 'A-1', use: 'secondary' },
          { system: MRN_SYSTEM, value: `${word}-foreign` },
        ],
        name: [{ family: `${word}-foreign`, _given: [{ extension: [said('spoken')] }], given: ['Ana'] }],
        extension: [said('of another system')],
        birthDate: '1961-02-28',
        _birthDate: { extension: [said('by passport')] },
        maritalStatus: { text: 'Widowed' },
      });
      const created = await make(foreign);
      const read = await client.read('Patient', created.id ?? '');
      expect(read).toMatchObject(foreign);
      const changed: RawResource = { ...read, gender: 'female' };
      const updated = await client.update(changed);
      expect(updated).toMatchObject({ ...foreign, gender: 'female' });
      expect(await client.read('Patient', created.id ?? '')).toMatchObject({ ...foreign, gender: 'female' });
    });

    test('gets a new version with every update, and its history tells them', async () => {
      const task = await make(reminderOf(patient, DAY.start));
      const updated = await client.update(withPriority(task, 'urgent'));
      expect(updated.id).toBe(task.id);
      expect(updated.meta?.versionId).not.toBe(task.meta?.versionId);
      const { matches } = await client.history('Task', task.id ?? '');
      expect(matches.map(({ meta }) => meta?.versionId)).toEqual([
        updated.meta?.versionId,
        task.meta?.versionId,
      ]);
    });

    test('that somebody else has changed is a conflict, and their change stays', async () => {
      const mine = await make(reminderOf(patient, DAY.start));
      const theirs = await client.update(withPriority(mine, 'stat'));
      expect(await rejected(client.update(withPriority(mine, 'asap')))).toBe('conflict');
      const stored = await client.read('Task', mine.id ?? '');
      expect(stored['priority']).toBe('stat');
      expect(stored.meta?.versionId).toBe(theirs.meta?.versionId);
    });

    test('that was deleted is told from one that never was', async () => {
      const task = await make(reminderOf(patient, DAY.start));
      expect((await server.plain('DELETE', referenceTo(task))).status).toBeLessThan(300);
      expect(await rejected(client.read('Task', task.id ?? ''))).toMatch(/^(gone|not-found)$/);
      expect(await rejected(client.read('Task', `${word}-never`.slice(-60)))).toBe('not-found');
      const { matches } = await client.searchAll(searchRequest('Task', { _id: task.id ?? '' }));
      expect(matches).toEqual([]);
    });

    test('that is not valid is refused with a reason', async () => {
      const work = client.create(tagged(record('Patient', { birthDate: 'last spring' })));
      const error = await work.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ kind: 'invalid' });
      expect(error instanceof FhirError ? error.issues.length : 0).toBeGreaterThan(0);
    });
  });

  describe('a create that is to happen once', () => {
    test('happens once though it was sent twice at the same time', async () => {
      const { condition, request } = numbered('twice');
      const create = () => client.create(tagged(patientOf(word, 'twice')), { ifNoneExist: condition });
      const [one, other] = await Promise.all([create(), create()]);
      expect(other.id).toBe(one.id);
      expect((await client.searchAll(request)).matches.map(({ id }) => id)).toEqual([one.id]);
    });

    test('gives later tries what the first has made', async () => {
      const { condition } = numbered('again');
      const first = await client.create(tagged(patientOf(word, 'again')), { ifNoneExist: condition });
      const second = await client.create(tagged(patientOf(word, 'again')), { ifNoneExist: condition });
      expect(second).toEqual(first);
    });

    test('is refused where more than one record is meant', async () => {
      const { condition } = numbered('double');
      await Promise.all([make(patientOf(word, 'double')), make(patientOf(word, 'double'))]);
      const third = client.create(tagged(patientOf(word, 'double')), { ifNoneExist: condition });
      expect(await rejected(third)).toBe('conflict');
    });
  });

  describe('several records that belong together', () => {
    const urn = 'urn:uuid:6f0c9b4e-6f5c-4d0b-9d38-4f2a1b2c3d4e';
    /** A patient, a reminder of that patient, and the new version of a reminder. */
    const entries = (number: string, changed: RawResource) => {
      const own = reminderOf(patient, DAY.start, { for: { reference: urn } });
      return [
        {
          create: tagged(patientOf(word, number)),
          fullUrl: urn,
          ifNoneExist: numbered(number).condition,
        },
        { create: tagged(own) },
        { update: withPriority(changed, 'asap') },
      ] as const;
    };

    test('are stored together, what refers to a new one leading there', async () => {
      const task = await make(reminderOf(patient, DAY.start));
      const results = await client.transaction(entries('together', task));
      expect(results.map(({ error }) => error?.message)).toEqual([undefined, undefined, undefined]);
      const stored = await client.searchAll(numbered('together').request);
      const [created] = stored.matches;
      const reminder = await client.searchAll(
        searchRequest('Task', { patient: referenceTo(created ?? patient) }),
      );
      expect(reminder.matches).toHaveLength(1);
      expect((await client.read('Task', task.id ?? ''))['priority']).toBe('asap');
    });

    test('are stored not at all, or up to what fails with every result told', async () => {
      const stale = await make(reminderOf(patient, DAY.start));
      await client.update(withPriority(stale, 'stat'));
      const [first, second, third] = entries('apart', stale);
      const results = await client.transaction([first, third, second]).catch((error: unknown) => error);
      const { matches } = await client.searchAll(numbered('apart').request);
      if (client.capabilities.atomicTransaction) {
        expect(results).toMatchObject({ kind: 'conflict' });
        expect(matches).toEqual([]);
      } else {
        expect(kindsOf(results)).toEqual(['stored', 'conflict', 'not-sent']);
        expect(matches).toHaveLength(1);
      }
      expect((await client.read('Task', stale.id ?? ''))['priority']).toBe('stat');
    });

    test('that only go the same way are stored each by itself', async () => {
      const stale = await make(reminderOf(patient, DAY.start));
      await client.update(withPriority(stale, 'stat'));
      const results = await client.batch([
        { update: withPriority(stale, 'asap') },
        { create: tagged(reminderOf(patient, DAY.end)) },
        { get: referenceTo(patient) },
      ]);
      expect(kindsOf(results)).toEqual(['conflict', 'stored', 'stored']);
      expect(results[2]?.resource?.id).toBe(patient.id);
    });
  });

  test('without a token, or with a wrong one, nothing is read', async ({ annotate }) => {
    const { status } = await server.plain('GET', referenceTo(patient), { token: '' });
    if (status === 200 && server.mock === undefined) {
      await annotate('Not checked: this server asks nobody for a token', 'warning');
      return;
    }
    expect(status).toBe(401);
    expect((await server.plain('GET', referenceTo(patient), { token: 'wrong' })).status).toBe(401);
  });

  test('a person may do what the role allows, and is told 403 otherwise', async ({ annotate }) => {
    if (server.mock === undefined) {
      await annotate('Not checked: a real server’s roles are not known here', 'notice');
      return;
    }
    const { fetch, issuer } = server.mock;
    const { access_token: administrator } = await codeFlow(fetch, issuer).signIn('kaya');
    const asked = { token: administrator };
    expect((await server.plain('GET', referenceTo(patient), asked)).status).toBe(200);
    const task = tagged(record('MedicationRequest', { status: 'active' }));
    expect(await server.plain('POST', 'MedicationRequest', { ...asked, body: task })).toMatchObject({
      status: 403,
      resource: { resourceType: 'OperationOutcome' },
    });
    expect(await server.plain('GET', `Patient?_id=${patient.id}`, asked)).toMatchObject({
      status: 200,
      resource: { resourceType: 'Bundle', entry: [{ resource: { id: patient.id } }] },
    });
  });
});

function said(text: string) {
  return { url: 'https://other.example/StructureDefinition/remark', valueString: text };
}

function withPriority(task: RawResource, priority: string): RawResource {
  return { ...task, priority };
}

/** What became of each entry; of a transaction that was rejected, the error. */
function kindsOf(results: unknown): readonly string[] {
  return Array.isArray(results)
    ? results.map(({ error }: BundleEntryResult) => error?.kind ?? 'stored')
    : [String(results)];
}
