/** The looks that a person can choose from. */
export const THEMES = [
  { value: 'auto', word: 'As the system' },
  { value: 'light', word: 'Light' },
  { value: 'dark', word: 'Dark' },
] as const;
