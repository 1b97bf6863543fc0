/** Letters that Unicode does not take apart into a base letter and a mark. */
const UNDECOMPOSED: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };

/** Text without accents, apostrophes and case, for comparing what somebody typed with what a record holds. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}|['’ʼ`]/gu, '')
    .toLowerCase()
    .replaceAll(/[øłđðþßæœı]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
    .trim();
}

/** Whether every word that was typed begins a word of the text, in any order. */
export function matchesWords(text: string, typed: string): boolean {
  const words = fold(text).split(/[\s-]+/u);
  return fold(typed)
    .split(/[\s-]+/u)
    .every((part) => words.some((word) => word.startsWith(part)));
}
