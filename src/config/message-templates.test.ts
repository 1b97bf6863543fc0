import { expect, test } from 'vitest';

import { tellingWord } from './message-templates.ts';

test.each([
  ['Your KETAMINE infusion is due', 'ketamin'],
  ['See you at the pain clinic', 'pain'],
  ['About your migraines', 'migrain'],
  ['Your anaesthetist calls', 'anaesth'],
  ['your next infusion-day', 'infus'],
  ['Esketamine', 'esketamin'],
])('“%s” tells too much', (text, word) => {
  expect(tellingWord(text)?.toLowerCase()).toBe(word);
});

test.each([['We repainted the waiting room'], ['Please call us back'], ['Spain is nice']])(
  '“%s” tells nothing',
  (text) => {
    expect(tellingWord(text)).toBeUndefined();
  },
);
