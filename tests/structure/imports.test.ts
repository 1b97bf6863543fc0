import { readFileSync, globSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Which room of src may import which: the same rule as the linter's, told another way. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  routes: ['app', 'screens', 'flows', 'features', 'identity', 'config', 'fhir', 'ui', 'lib'],
  screens: ['flows', 'features', 'identity', 'config', 'fhir', 'ui', 'lib'],
  flows: ['features', 'identity', 'config', 'fhir', 'ui', 'lib'],
  app: ['features', 'identity', 'config', 'fhir', 'ui', 'lib'],
  features: ['identity', 'config', 'fhir', 'ui', 'lib'],
  identity: ['config', 'fhir', 'lib'],
  config: ['fhir', 'lib'],
  fhir: ['lib'],
  ui: ['lib'],
  lib: [],
};

/** Each feature may use those before it. */
const FEATURES = ['patients', 'courses', 'scores', 'appointments', 'sessions', 'reminders'];

/** The router's generated tree joins app and routes. */
const EXCEPTIONS = new Set(['src/app/route-tree.gen.ts']);

const files = globSync('{src,mocks}/**/*.{ts,tsx}').map((file) => file.replaceAll('\\', '/'));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports: readonly Import[] = files.flatMap((from) =>
  [
    ...readFileSync(from, 'utf8').matchAll(
      /(?:import|export)(\s+type)?[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/g,
    ),
  ]
    .map(([, type, fixed, dynamic]) => ({ target: fixed ?? dynamic ?? '', typeOnly: type !== undefined }))
    .filter(({ target }) => /^[.#]/.test(target))
    .map(({ target, typeOnly }) => ({
      from,
      typeOnly,
      to: target.startsWith('#')
        ? target.slice(1)
        : normalize(join(dirname(from), target)).replaceAll('\\', '/'),
    })),
);

const room = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1];
const inSrc = imports.filter(({ from }) => from.startsWith('src/') && !EXCEPTIONS.has(from));

test('the rule sees the imports', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(imports.length).toBeGreaterThan(200);
});

test('rooms import only what they may', () => {
  const wrong = inSrc.filter(({ from, to }) => {
    const [here, there] = [room(from), room(to)];
    if (here === undefined || there === undefined || here === there) return false;
    return !(MAY_IMPORT[here] ?? []).includes(there);
  });
  expect(wrong).toEqual([]);
});

test('features use only the features before them', () => {
  const feature = (path: string) => FEATURES.indexOf(/^src\/features\/([^/]+)\//.exec(path)?.[1] ?? '');
  const wrong = inSrc.filter(
    ({ from, to }) =>
      from.startsWith('src/features/') && to.startsWith('src/features/') && feature(to) > feature(from),
  );
  expect(wrong).toEqual([]);
});

test('screens never import screens', () => {
  const screen = (path: string) => /^src\/screens\/([^/]+)\//.exec(path)?.[1];
  const wrong = inSrc.filter(
    ({ from, to }) => screen(from) !== undefined && screen(to) !== undefined && screen(from) !== screen(to),
  );
  expect(wrong).toEqual([]);
});

test('src reaches the mock clinic by one dynamic import alone', () => {
  const reaching = imports.filter(({ from, to }) => from.startsWith('src/') && to.startsWith('mocks/'));
  expect(reaching.map(({ from, to }) => `${from} → ${to}`)).toEqual(['src/main.tsx → mocks/browser.ts']);
  expect(readFileSync('src/main.tsx', 'utf8')).toMatch(
    /if \(__STANDALONE__\) \{\s+const .* = await import\(/,
  );
});

test('mocks share codes and types with src, and no mapping', () => {
  const wrong = imports.filter(
    ({ from, to, typeOnly }) =>
      from.startsWith('mocks/') && to.startsWith('src/') && to !== 'src/fhir/codes.ts' && !typeOnly,
  );
  expect(wrong).toEqual([]);
});

describe('no circle', () => {
  test('among the files of src', () => {
    const next = Map.groupBy(
      inSrc.filter(({ typeOnly }) => !typeOnly),
      ({ from }) => from,
    );
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const { to } of next.get(file) ?? []) {
        const circle = visit(to, [...path, file]);
        if (circle !== undefined) return circle;
      }
      done.add(file);
      return undefined;
    };
    for (const file of next.keys()) expect(visit(file, [])).toBeUndefined();
  });
});
