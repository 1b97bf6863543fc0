/**
 * The scores that the clinic follows: what each is called, between what it lies and how it is read. One table, which
 * reading, tables and explanations share.
 */
import {
  BODY_WEIGHT,
  GAD_7_TOTAL,
  local,
  PAIN_NRS,
  PEG_MEAN,
  PHQ_9_TOTAL,
  type Coding,
} from '#src/fhir/codes.ts';
import type { ScoreKind } from './score-kind.ts';

export interface ScoreDefinition {
  readonly label: string;
  /** What it measures, in a sentence. */
  readonly meaning: string;
  readonly codings: readonly Coding[];
  /** Lowest and highest value that can be meant; beyond them a record is a mistake. */
  readonly range: readonly [lowest: number, highest: number];
  /** As it stands beside the label: `0–10`. */
  readonly rangeText: string;
  readonly direction: 'lower is better' | 'zero is best' | undefined;
  /** As it stands beside a value; nothing for points. */
  readonly unit: string | undefined;
  /** Units of a record that mean this one, as UCUM codes or words, and how many of it they are. */
  readonly units: Readonly<Record<string, number>>;
  /** From this value on, in words. */
  readonly cutOffs: readonly { readonly from: number; readonly words: string }[];
  /** How large a change matters, where that is known. */
  readonly change: string | undefined;
  readonly source: string | undefined;
}

/** Points without a unit, however a system writes them. */
const POINTS = { '1': 1, score: 1, points: 1, point: 1 } as const;

const NO_CUT_OFFS = { cutOffs: [], change: undefined, source: undefined } as const;

/** Every kind, in the order in which screens show them. */
export const SCORES: Readonly<Record<ScoreKind, ScoreDefinition>> = {
  pain: {
    label: 'Pain intensity (NRS)',
    meaning: 'How strong the pain is, as the patient says: 0 is none, 10 the worst imaginable.',
    codings: [
      PAIN_NRS,
      local('pain-before-session'),
      local('pain-during'),
      local('pain-after-session'),
      local('pain-follow-up'),
    ],
    range: [0, 10],
    rangeText: '0–10',
    direction: 'lower is better',
    unit: undefined,
    units: POINTS,
    cutOffs: [],
    change: 'About 2 points or 30 % matter to a patient.',
    source: 'Farrar 2001, doi 10.1016/s0304-3959(01)00349-9',
  },
  painDays: {
    label: 'Pain days',
    meaning: 'On how many of the last seven days there was pain.',
    codings: [local('pain-days-7')],
    range: [0, 7],
    rangeText: 'of 7',
    direction: 'lower is better',
    unit: undefined,
    units: { ...POINTS, d: 1, day: 1, days: 1, 'd/wk': 1 },
    ...NO_CUT_OFFS,
  },
  peg: {
    label: 'PEG',
    meaning: 'Pain, enjoyment of life, general activity: the mean of three questions of 0 to 10.',
    codings: [PEG_MEAN],
    range: [0, 10],
    rangeText: '0–10',
    direction: 'lower is better',
    unit: undefined,
    units: POINTS,
    cutOffs: [],
    change: 'A change of 1.0 to 1.75 matters to a patient.',
    source: 'Reed 2023, PMC10859144',
  },
  csi: {
    label: 'CSI',
    meaning: 'Central Sensitization Inventory, its total only.',
    codings: [local('csi-total')],
    range: [0, 100],
    rangeText: '0–100',
    direction: 'lower is better',
    unit: undefined,
    units: POINTS,
    cutOffs: [
      { from: 30, words: 'mild' },
      { from: 40, words: 'moderate' },
      { from: 50, words: 'severe' },
      { from: 60, words: 'extreme' },
    ],
    change: undefined,
    source: 'Neblett 2017, doi 10.1111/papr.12440',
  },
  phq9: {
    label: 'PHQ-9',
    meaning: 'Depression over the last two weeks, nine questions.',
    codings: [PHQ_9_TOTAL],
    range: [0, 27],
    rangeText: '0–27',
    direction: 'lower is better',
    unit: undefined,
    units: POINTS,
    cutOffs: [
      { from: 5, words: 'mild' },
      { from: 10, words: 'moderate' },
      { from: 15, words: 'moderately severe' },
      { from: 20, words: 'severe' },
    ],
    change: 'A change of about 20 % matters to a patient (Kounali 2020, PMC9340848).',
    source: 'PHQ-9 instructions, Pfizer 2010',
  },
  gad7: {
    label: 'GAD-7',
    meaning: 'Anxiety over the last two weeks, seven questions.',
    codings: [GAD_7_TOTAL],
    range: [0, 21],
    rangeText: '0–21',
    direction: 'lower is better',
    unit: undefined,
    units: POINTS,
    cutOffs: [
      { from: 5, words: 'mild' },
      { from: 10, words: 'moderate' },
      { from: 15, words: 'severe' },
    ],
    change: 'A change of 4 matters to a patient (Toussaint 2020, doi 10.1016/j.jad.2020.01.032).',
    source: 'GAD-7 instructions, Pfizer 2010',
  },
  opioidMme: {
    label: 'Daily opioid dose',
    meaning: 'All opioids of a day in morphine milligram equivalents. Not for converting between opioids.',
    codings: [local('opioid-mme')],
    range: [0, 2000],
    rangeText: 'MME a day',
    direction: 'lower is better',
    unit: 'MME/d',
    units: { '{MME}/d': 1, 'MME/d': 1, 'MME/day': 1, MME: 1 },
    cutOffs: [{ from: 50, words: 'caution' }],
    change: undefined,
    source: 'CDC 2022, MMWR 71(RR-3)',
  },
  sedation: {
    label: 'Sedation (RASS)',
    meaning: 'From −5, cannot be woken, over 0, alert and calm, to +4, combative.',
    codings: [local('sedation-rass')],
    range: [-5, 4],
    rangeText: '−5 to +4',
    direction: 'zero is best',
    unit: undefined,
    units: POINTS,
    cutOffs: [],
    change: undefined,
    source: 'Sessler 2002',
  },
  dissociation: {
    label: 'Dissociation',
    meaning: 'How dissociated the patient felt at the peak of a session.',
    codings: [local('dissociation')],
    range: [0, 10],
    rangeText: '0–10',
    direction: 'lower is better',
    unit: undefined,
    units: POINTS,
    ...NO_CUT_OFFS,
  },
  weight: {
    label: 'Weight',
    meaning: 'Body weight.',
    codings: [BODY_WEIGHT],
    range: [1, 500],
    rangeText: 'kg',
    direction: undefined,
    unit: 'kg',
    units: { kg: 1, g: 0.001, '[lb_av]': 0.45359237, lb: 0.45359237, lbs: 0.45359237 },
    ...NO_CUT_OFFS,
  },
};

/** What a value means by the cut-offs of its kind: `moderate`; nothing below the first, and where there are none. */
export function cutOffWords(kind: ScoreKind, value: number): string | undefined {
  return SCORES[kind].cutOffs.findLast(({ from }) => value >= from)?.words;
}
