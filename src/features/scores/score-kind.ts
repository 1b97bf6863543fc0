/** Every kind of score, in the order of the table. By itself, since the URL of a chart needs no more than the names. */
export const SCORE_KINDS = [
  'pain',
  'painDays',
  'peg',
  'csi',
  'phq9',
  'gad7',
  'opioidMme',
  'sedation',
  'dissociation',
  'weight',
] as const;

export type ScoreKind = (typeof SCORE_KINDS)[number];
