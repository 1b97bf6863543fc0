import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, matchesWords } from './text.ts';

describe('folding', () => {
  test.each([
    ['accents', 'Müñoz-Ångström', 'munoz-angstrom'],
    ['a typewriter’s apostrophe', "O'Brien", 'obrien'],
    ['a typographic apostrophe', 'O’Brien', 'obrien'],
    ['an opening quote used as one', 'O‘Brien', 'obrien'],
    ['the letter apostrophes of other languages', 'Oʼahu ʻOkina', 'oahu okina'],
    ['letters with strokes', 'Øster Łukasz Đorđe', 'oster lukasz dorde'],
    ['ligatures and the sharp s', 'Æneas Œuvre Strauß STRAUẞ', 'aeneas oeuvre strauss strauss'],
    ['both Turkish i', 'Işık İnce', 'isik ince'],
    ['the final sigma', 'ΠΑΠΑΔΌΠΟΥΛΟΣ παπαδόπουλος', 'παπαδοπουλοσ παπαδοπουλοσ'],
    ['Arabic vowel signs', 'مُحَمَّد', 'محمد'],
    ['marks of the writing direction', '\u200Fכהן\u200E \u202Bדוד\u202C', 'כהן דוד'],
    ['spaces around', '  Okafor ', 'okafor'],
  ])('drops %s', (_, text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('makes composed and decomposed spelling one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')));
      }),
    );
  });
});

describe('a name', () => {
  test.each([
    ['the surname', 'okafor'],
    ['the beginning of it', 'oka'],
    ['the given name', 'Ada'],
    ['both', 'OKAFOR Ada'],
    ['both, swapped', 'ada okafor'],
    ['both, with a comma', 'OKAFOR, Ada'],
    ['beginnings of both', 'a ok'],
    ['the second part of a double name', 'smith'],
    ['the double name with its hyphen', 'okafor-smith'],
    ['the double name with another hyphen', 'okafor–smith'],
    ['a hyphen that goes on', 'okafor-'],
  ])('answers %s', (_, typed) => {
    expect(matchesWords('OKAFOR-SMITH Ada', typed)).toBe(true);
  });

  test.each([
    ['the middle of a word', 'kafor'],
    ['one word that it has and one that it lacks', 'ada obi'],
    ['more of a word than there is', 'okaforr'],
    ['regular expression for everything', '.*'],
    ['a placeholder', '%'],
    ['punctuation alone', '??'],
  ])('does not answer %s', (_, typed) => {
    expect(matchesWords('OKAFOR-SMITH Ada', typed)).toBe(false);
  });

  test.each(['O’BRIEN', 'OʼBRIEN', "O'BRIEN", 'OBRIEN'])(
    '%s answers every spelling of its apostrophe',
    (name) => {
      for (const typed of ["o'brien", 'o’brien', 'obrien', 'O`B'])
        expect(matchesWords(name, typed)).toBe(true);
    },
  );

  const words = fc.array(
    fc.string({ unit: fc.constantFrom(...'aéøßİıçşñÅΣς’-'), minLength: 1, maxLength: 12 }),
    {
      minLength: 1,
      maxLength: 5,
    },
  );

  test('answers its own words in any order, in capitals, and any beginning of them', () => {
    fc.assert(
      fc.property(
        words.chain((name) => fc.tuple(fc.constant(name), fc.shuffledSubarray(name, { minLength: 1 }))),
        ([name, typed]) => {
          const text = name.join(' ');
          expect(matchesWords(text, typed.join(' '))).toBe(true);
          expect(matchesWords(text, typed.join(' ').toUpperCase())).toBe(true);
          expect(matchesWords(text, typed.map((word) => fold(word).slice(0, 3)).join(' '))).toBe(true);
        },
      ),
    );
  });

  test('can be any text, and so can what is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, typed) => {
        expect(matchesWords(text, text)).toBe(true);
        expect(typeof matchesWords(text, typed)).toBe('boolean');
      }),
    );
  });
});
