import { createContext, use } from 'react';

/** Whether the chart is of somebody who died. */
export const OfDeceased = createContext(false);

/** Says what an empty part means: to the dead nothing comes any more, so that no "yet" is said of them. */
export function useEmptyWords(): (words: string) => string {
  const deceased = use(OfDeceased);
  return (words) => (deceased ? words.replace(/ yet\b/, '') : words);
}
