/** Letters that Unicode does not take apart into a base letter and a mark, or that have two small forms. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ς: 'σ',
};

/**
 * Text without accents, apostrophes, case and marks of the writing direction, for comparing what somebody typed with
 * what a record holds.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}|\p{Cf}|['‘’`]/gu, '')
    .toLowerCase()
    .replaceAll(/[øłđðþßæœıς]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
    .trim();
}

/** Whether every word that was typed begins a word of the text, in any order. Punctuation only parts words. */
export function matchesWords(text: string, typed: string): boolean {
  const words = wordsOf(text);
  const asked = wordsOf(typed);
  // Punctuation alone is no question that everybody answers.
  if (asked.length === 0) return fold(text).includes(fold(typed));
  return asked.every((part) => words.some((word) => word.startsWith(part)));
}

function wordsOf(text: string): readonly string[] {
  return fold(text)
    .split(/[\s\p{P}]+/u)
    .filter((word) => word !== '');
}
