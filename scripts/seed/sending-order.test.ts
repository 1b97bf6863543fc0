import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Links, opened, wavesOf } from './sending-order.ts';

const links = (of: Record<string, readonly string[]>): Links => new Map(Object.entries(of));
const shape = (of: Links) =>
  wavesOf(of).map((wave) => wave.map(({ keys }) => keys.toSorted().join('+')).toSorted());

describe('waves', () => {
  test.each([
    ['nothing', {}, []],
    ['no references', { a: [], b: [] }, [['a', 'b']]],
    ['a chain', { c: ['b'], b: ['a'], a: [] }, [['a'], ['b'], ['c']]],
    [
      'a circle with something before and after it',
      { x: ['b'], b: ['c'], c: ['b', 'a'], a: [] },
      [['a'], ['b+c'], ['x']],
    ],
    ['what is not in the source', { a: ['z'] }, [['a']]],
  ])('%s', (_, of, expected) => {
    expect(shape(links(of))).toEqual(expected);
  });

  test('a record that refers to itself is a circle of one', () => {
    expect(wavesOf(links({ a: ['a'] }))).toEqual([[{ keys: ['a'], circular: true }]]);
  });

  test('a chain may be as long as the source', () => {
    const count = 20_000;
    const chain = new Map(Array.from({ length: count }, (_, at) => [`${at}`, at === 0 ? [] : [`${at - 1}`]]));
    expect(wavesOf(chain)).toHaveLength(count);
  });

  const graph = fc
    .array(fc.array(fc.nat(11), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
    .map(
      (targets) =>
        new Map(targets.map((of, at) => [`${at}`, of.filter((to) => to < targets.length).map(String)])),
    );

  test('everything stands once, and behind what it refers to', () => {
    fc.assert(
      fc.property(graph, (of) => {
        const waves = wavesOf(of);
        const keys = waves.flat().flatMap((group) => group.keys);
        expect(keys.toSorted()).toEqual([...of.keys()].toSorted());
        for (const [at, wave] of waves.entries()) {
          const before = new Set(
            waves
              .slice(0, at)
              .flat()
              .flatMap((group) => group.keys),
          );
          for (const group of wave) {
            const outside = group.keys.flatMap((key) =>
              (of.get(key) ?? []).filter((to) => !group.keys.includes(to)),
            );
            for (const to of outside) expect(before).toContain(to);
          }
        }
      }),
    );
  });

  test('an opened circle has none left', () => {
    fc.assert(
      fc.property(graph, (of) => {
        const cut = opened([...of.keys()], of);
        const rest = new Map(
          [...of].map(([key, to]) => [key, to.filter((item) => !cut.get(key)?.includes(item))]),
        );
        expect(
          wavesOf(rest)
            .flat()
            .filter(({ circular }) => circular),
        ).toEqual([]);
      }),
    );
  });
});

test('a circle is opened at the record that most others refer to', () => {
  const of = links({ course: ['e1', 'e2'], e1: ['a1'], e2: ['a2'], a1: ['course'], a2: ['course'] });
  expect([...opened([...of.keys()], of)]).toEqual([['course', ['e1', 'e2']]]);
});
