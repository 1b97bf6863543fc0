import { describe, expect, test } from 'vitest';
import { isMac, keyNames, shortcutMatcher, SHORTCUTS, type KeyPress } from './shortcuts.ts';

function press(key: string, options: Partial<KeyPress> & { readonly altGraph?: boolean } = {}): KeyPress {
  return {
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    repeat: false,
    isComposing: false,
    timeStamp: 0,
    getModifierState: () => options.altGraph ?? false,
    ...options,
  };
}

const found = (pressed: KeyPress, { mac = false, typing = false } = {}) =>
  shortcutMatcher(mac)(pressed, typing)?.id;

describe('one press', () => {
  test.each<[string, KeyPress, string | undefined]>([
    ['Ctrl-K', press('k', { ctrlKey: true }), 'find'],
    ['with caps lock', press('K', { ctrlKey: true }), 'find'],
    ['on a Cyrillic keyboard, by its place', press('л', { ctrlKey: true, code: 'KeyK' }), 'find'],
    ['on a Dvorak keyboard, by its letter', press('k', { ctrlKey: true, code: 'KeyV' }), 'find'],
    ['another letter in the place of K', press('t', { ctrlKey: true, code: 'KeyK' }), undefined],
    ['Ctrl-Shift-K is the browser’s', press('K', { ctrlKey: true, shiftKey: true }), undefined],
    ['⌘K is no Ctrl-K', press('k', { metaKey: true }), undefined],
    ['k alone', press('k'), undefined],
    ['?', press('?', { shiftKey: true }), 'help'],
    ['? by AltGr', press('?', { ctrlKey: true, altKey: true, altGraph: true }), 'help'],
    ['Ctrl-?', press('?', { ctrlKey: true, shiftKey: true }), undefined],
    ['/', press('/'), 'searchList'],
    ['/ by Shift, as on a German keyboard', press('/', { shiftKey: true, code: 'Digit7' }), 'searchList'],
    ['a key that is held', press('?', { repeat: true }), undefined],
    ['a key that a word is composed with', press('?', { isComposing: true }), undefined],
  ])('%s', (_, pressed, id) => {
    expect(found(pressed)).toBe(id);
  });

  test('on a Mac ⌘ is what Ctrl is elsewhere', () => {
    expect(found(press('k', { metaKey: true }), { mac: true })).toBe('find');
    expect(found(press('k', { ctrlKey: true }), { mac: true })).toBeUndefined();
  });

  test('while somebody types only those with ⌘ or Ctrl count', () => {
    expect(found(press('k', { ctrlKey: true }), { typing: true })).toBe('find');
    for (const key of ['?', '/']) expect(found(press(key), { typing: true })).toBeUndefined();
  });
});

describe('two presses', () => {
  const after = (...presses: readonly KeyPress[]) => {
    const match = shortcutMatcher(false);
    return presses.map((one) => match(one, false)?.id).at(-1);
  };
  test.each<[string, readonly KeyPress[], string | undefined]>([
    ['g p', [press('g'), press('p', { timeStamp: 900 })], '/patients'],
    ['too slowly', [press('g'), press('p', { timeStamp: 1_100 })], undefined],
    ['with something between', [press('g'), press('x'), press('p')], undefined],
    ['g g p', [press('g'), press('g'), press('p')], '/patients'],
    ['p alone', [press('p')], undefined],
    ['a modifier between ends nothing', [press('g'), press('Shift'), press('p')], '/patients'],
  ])('%s', (_, presses, id) => {
    expect(after(...presses)).toBe(id);
  });
});

test('no two shortcuts are the same keys, and none begins another', () => {
  const texts = SHORTCUTS.map(({ mod, keys }) => `${mod ? 'mod ' : ''}${keys.join(' ')}`);
  expect(new Set(texts).size).toBe(texts.length);
  expect(
    texts.filter((text) => texts.some((other) => other !== text && other.startsWith(`${text} `))),
  ).toEqual([]);
});

test.each([
  ['MacIntel', true],
  ['iPad', true],
  ['Win32', false],
  ['Linux x86_64', false],
  ['', false],
])('%j is a Mac: %s', (platform, mac) => {
  expect(isMac(platform)).toBe(mac);
});

test('keys are told as they stand on the keyboard', () => {
  const told = (mac: boolean) => SHORTCUTS.map((shortcut) => keyNames(shortcut, mac).join('+'));
  expect(told(true)).toEqual(['⌘+K', '/', 'g+p', '?']);
  expect(told(false)).toEqual(['Ctrl+K', '/', 'g+p', '?']);
});
