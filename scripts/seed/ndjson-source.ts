import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseResource, type RawResource } from '#src/fhir/resource.ts';
import { referencesIn, type Source, type SourceRecord, type SourceReject } from './source-record.ts';

/** Reads the NDJSON files of a folder once, remembering of each line only what it is called and what it refers to. */
export async function ndjsonSource(folder: string): Promise<Source> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ndjson')).toSorted();
  const records = new Map<string, SourceRecord>();
  const rejects: SourceReject[] = [];
  const files: FileHandle[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const file = await open(path);
    files.push(file);
    for await (const line of linesOf(path)) {
      const place = `${name}:${line.number}`;
      const resource = parseResource(parseLine(line.bytes));
      if (resource === undefined) {
        const reason = 'The line is not a FHIR resource in JSON';
        rejects.push({ type: name.replace(/\.ndjson$/, ''), place, reason });
        continue;
      }
      const record = recordOf(resource, { place, file, offset: line.offset, bytes: line.bytes });
      const other = records.get(record.key);
      if (other === undefined) records.set(record.key, record);
      else rejects.push({ type: record.type, place, reason: `The same id stands at ${other.place}` });
    }
  }
  return {
    records: [...records.values()],
    rejects,
    close: async () => {
      await Promise.all(files.map((file) => file.close()));
    },
  };
}

interface Standing {
  readonly place: string;
  readonly file: FileHandle;
  readonly offset: number;
  readonly bytes: Buffer;
}

function recordOf(resource: RawResource, { place, file, offset, bytes }: Standing): SourceRecord {
  const { resourceType: type } = resource;
  // Without an id it is known by its content, so that a second run finds it again.
  const id = resource.id ?? createHash('sha256').update(bytes).digest('hex');
  const { length } = bytes;
  return {
    key: `${type}/${id}`,
    type,
    id,
    place,
    references: referencesIn(resource),
    bytes: length,
    async load() {
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
      const loaded = parseResource(parseLine(buffer));
      if (loaded === undefined) throw new Error(`${place} was changed while it was read`);
      return { ...loaded, id };
    },
  };
}

interface Line {
  readonly number: number;
  /** Where it starts in the file. */
  readonly offset: number;
  readonly bytes: Buffer;
}

/** The lines that are not blank. Only a newline ends one: readline would also break at U+2028 inside a string. */
async function* linesOf(path: string): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let number = 1;
  let offset = 0;
  let position = 0;
  const taken = (): Line => ({ number, offset, bytes: Buffer.concat(parts) });
  for await (const chunk of createReadStream(path)) {
    const buffer: Buffer = Buffer.from(chunk);
    let start = 0;
    for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10, start)) {
      parts.push(buffer.subarray(start, end));
      const line = taken();
      if (!isBlank(line.bytes)) yield line;
      parts = [];
      start = end + 1;
      number += 1;
      offset = position + start;
    }
    parts.push(buffer.subarray(start));
    position += buffer.length;
  }
  const last = taken();
  if (!isBlank(last.bytes)) yield last;
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 32 || byte === 13 || byte === 9);
}

/** The line as JSON; undefined where it is none. A byte order mark does not count. */
function parseLine(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
