import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCsv } from './csv.ts';

/** The cells of a file, by RFC 4180 and nothing else. */
function parse(file: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  let at = file.startsWith('\uFEFF') ? 1 : 0;
  for (; at < file.length; at += 1) {
    const char = file.charAt(at);
    if (quoted) {
      if (char !== '"') cell += char;
      else if (file.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === ',' || (char === '\r' && file.charAt(at + 1) === '\n')) {
      row.push(cell);
      cell = '';
      if (char === '\r') {
        rows.push(row);
        row = [];
        at += 1;
      }
    } else cell += char;
  }
  return rows;
}

const bodyOf = (file: string) => file.replace('\uFEFF', '');

describe('a CSV file', () => {
  test('begins with the mark that makes spreadsheets read UTF-8, and ends its lines as the standard says', () => {
    expect(toCsv(['Patient', 'Born'], [['İNCE Şule', '17 Sep 1990']])).toBe(
      '\uFEFFPatient,Born\r\nİNCE Şule,17 Sep 1990\r\n',
    );
  });

  test('without rows is its head', () => {
    expect(toCsv(['Patient'], [])).toBe('\uFEFFPatient\r\n');
  });

  test.each([
    ['a comma', 'Rash, hives', '"Rash, hives"'],
    ['a quote', 'called "Bo"', '"called ""Bo"""'],
    ['a line break', 'one\ntwo', '"one\ntwo"'],
    ['a carriage return', 'one\rtwo', '"one\rtwo"'],
    ['nothing', '', ''],
    ['an apostrophe', 'O’Brien', 'O’Brien'],
    ['a decimal comma', '-0,5', '"-0,5"'],
  ])('quotes where it must: %s', (_, text, written) => {
    expect(bodyOf(toCsv([text], []))).toBe(`${written}\r\n`);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1 555 0100', "'+1 555 0100"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['\n=1', '"\'\n=1"'],
    ['＝1+1', "'＝1+1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['-5.1.2', "'-5.1.2"],
    ['- none', "'- none"],
  ])('lets no spreadsheet run %j', (text, written) => {
    expect(bodyOf(toCsv([text], []))).toBe(`${written}\r\n`);
  });

  test.each(['-5', '-5.25', '10-4718', '–', '12 d over', 'a=b'])('leaves %j as it is', (text) => {
    expect(toCsv([text], [])).toContain(`${text}\r\n`);
  });

  test('gives back every cell, with at most a guarding apostrophe', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(',', '"', '\r', '\n', '=', '-', '1', 'é') }),
    );
    const rows = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
      );
    fc.assert(
      fc.property(rows, ([head = [], ...rest]) => {
        const read = parse(toCsv(head, rest));
        expect(read).toHaveLength(rest.length + 1);
        for (const [index, cells] of [head, ...rest].entries()) {
          const back = read[index]?.map((text, column) =>
            text === `'${cells[column]}` ? text.slice(1) : text,
          );
          expect(back).toEqual(cells);
          for (const text of read[index] ?? [])
            expect(text).not.toMatch(/^(?:[=+@\t\r\n]|-(?!\d+([.,]\d+)?$))/);
        }
      }),
    );
  });
});
