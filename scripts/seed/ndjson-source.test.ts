import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ndjsonSource } from './ndjson-source.ts';
import { patient } from './seed-testing.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seed-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string) {
  await writeFile(join(folder, 'Patient.ndjson'), text);
  const source = await ndjsonSource(folder);
  const records = await Promise.all(source.records.map((record) => record.load()));
  await source.close();
  return { ...source, loaded: records };
}

test('each line is a record, whatever ends it', async () => {
  const note = patient('b', { text: { status: 'generated', div: 'one\u2028two é' } });
  const { records, loaded, rejects } = await read(
    `\uFEFF${JSON.stringify(patient('a'))}\r\n\n${JSON.stringify(note)}\n${JSON.stringify(patient('c'))}`,
  );
  expect(records.map(({ key, place }) => `${key} ${place}`)).toEqual([
    'Patient/a Patient.ndjson:1',
    'Patient/b Patient.ndjson:3',
    'Patient/c Patient.ndjson:4',
  ]);
  expect(loaded).toEqual([patient('a'), note, patient('c')]);
  expect(rejects).toEqual([]);
});

test('a broken line, a line that is no resource and a second of its name are rejects, and not the end', async () => {
  const line = JSON.stringify(patient('a'));
  const { records, rejects } = await read(`${line.slice(0, 20)}\n[1]\n${line}\n${line}\n`);
  expect(records).toHaveLength(1);
  expect(rejects.map(({ place, reason }) => `${place} ${reason}`)).toEqual([
    'Patient.ndjson:1 The line is not a FHIR resource in JSON',
    'Patient.ndjson:2 The line is not a FHIR resource in JSON',
    'Patient.ndjson:4 The same id stands at Patient.ndjson:3',
  ]);
});

test('a record without an id is known by its content', async () => {
  const { id: _, ...nameless } = patient('');
  const [first] = (await read(JSON.stringify(nameless))).loaded;
  const [second] = (await read(`\n${JSON.stringify(nameless)}`)).loaded;
  expect(first?.id).toMatch(/^[\da-f]{64}$/);
  expect(second).toEqual(first);
});

test('a file longer than what is read at once', async () => {
  const many = Array.from({ length: 2000 }, (_, at) => patient(`p${at}`, { language: 'ä'.repeat(100) }));
  const { loaded } = await read(many.map((record) => JSON.stringify(record)).join('\n'));
  expect(loaded).toEqual(many);
});
