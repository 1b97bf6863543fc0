import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(file, 'utf8');
const source = globSync('{src,mocks,scripts,tests}/**/*.{ts,tsx}').filter(
  (file) => !/\.(gen|generated)\.ts$/.test(file),
);
const shipped = source.filter((file) => file.startsWith('src/') && !file.includes('.test.'));
const styles = globSync('src/**/*.css');

/** Files in which a pattern stands, with the line. */
function standing(files: readonly string[], pattern: RegExp): readonly string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
}

test('there is something to look at', () => {
  expect(shipped.length).toBeGreaterThan(50);
  expect(styles.length).toBeGreaterThan(10);
});

test('form.watch() goes stale under the React Compiler', () => {
  expect(standing(shipped, /\.watch\(/)).toEqual([]);
});

test('nothing silences the compiler', () => {
  const silencing = /\bas any\b|: any\b|\bas unknown as\b|@ts-(ignore|expect-error|nocheck)/;
  const found = standing(
    source.filter((file) => basename(file) !== 'house-rules.test.ts'),
    silencing,
  );
  expect(found.filter((line) => !/:\d+ (\/\*\*|\*|\/\/)/.test(line))).toEqual([]);
});

test('no test is skipped or alone', () => {
  const tests = source.filter(
    (file) => /\.(test|spec)\.tsx?$/.test(file) && basename(file) !== 'house-rules.test.ts',
  );
  expect(standing(tests, /\b(test|it|describe)\.(skip|only|todo|fixme)\b|waitForTimeout/)).toEqual([]);
});

test('colours and spacing come from the tokens', () => {
  const others = styles.filter((file) => !file.endsWith('tokens.css'));
  const literals = others.flatMap((file) =>
    // What a media query compares with cannot be a custom property; hairlines and rings are 1 to 3 px.
    standing([file], /#[\da-f]{3,8}\b|\brgba?\(|(?<![\w.-])(?:[4-9]|[1-9]\d+)px\b/i).filter(
      (line) => !/@media|--cs-paper of the dark theme/.test(line),
    ),
  );
  expect(literals).toEqual([]);
  expect(standing(shipped, /['"`]#[\da-f]{3,8}['"`]|style=\{/i)).toEqual([]);
});

test('every token that is used exists', () => {
  const defined = new Set([...read('src/ui/tokens.css').matchAll(/(--cs-[\w-]+):/g)].map(([, name]) => name));
  const used = [...styles, ...shipped].flatMap((file) =>
    [...read(file).matchAll(/var\((--cs-[\w-]+)/g)].map(([, name]) => ({ file, name })),
  );
  expect(used.length).toBeGreaterThan(100);
  expect(used.filter(({ name }) => !defined.has(name))).toEqual([]);
});

test('files are named by what they are', () => {
  const wrong = shipped
    .filter((file) => !file.startsWith('src/routes/'))
    .filter((file) =>
      file.endsWith('.tsx')
        ? !/^([A-Z]\w+|[a-z]+(-[a-z]+)*)\.tsx$/.test(basename(file))
        : !/^[a-z]+(-[a-z\d]+)*(\.gen|\.d)?\.ts$/.test(basename(file)),
    );
  expect(wrong).toEqual([]);
});

test('a screen file over 200 lines hides another component', () => {
  const long = shipped.filter((file) => file.endsWith('.tsx') && read(file).split('\n').length > 200);
  expect(long).toEqual([]);
});

test('lib stays small: a tenth file means that a room is missing', () => {
  expect(globSync('src/lib/*.{ts,tsx}').filter((file) => !file.includes('.test.')).length).toBeLessThan(10);
});

test('main.tsx only boots', () => {
  expect(read('src/main.tsx').split('\n').length).toBeLessThan(40);
});

test('no barrel, no utils', () => {
  const barrels = shipped.filter(
    (file) => /(^|\/)(index|utils?|helpers?)\.tsx?$/.test(file) && !file.includes('routes/'),
  );
  expect(barrels).toEqual([]);
});

test('no address is built by hand where the router builds it', () => {
  // Leaving for the clinic's sign-in is the one way out of the application.
  const inside = shipped.filter((file) => file !== 'src/identity/sign-in-window.ts');
  expect(standing(inside, /(to|href)=\{?`\/|navigate\(`|window\.location\.(assign|href\s*=)/)).toEqual([]);
});
