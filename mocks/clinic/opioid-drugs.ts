import { OPIOIDS, type Coding } from '#src/fhir/codes.ts';

/** Milligrams a time, and times a day; of a patch micrograms an hour. */
export type Dose = readonly [mg: number, timesADay: number];

/** An opioid as the clinic's patients take it. */
export interface Opioid {
  readonly drug: Coding;
  /** Morphine milligrams per milligram a day, by the CDC 2022; for fentanyl per microgram an hour. */
  readonly factor: number;
  readonly patch?: true;
  /** From the least to the most. */
  readonly doses: readonly Dose[];
}

const TABLETS: readonly Dose[] = [
  [5, 2],
  [5, 3],
  [5, 4],
  [10, 3],
  [10, 4],
  [15, 4],
];

/** The opioids, by how often each is taken. */
export const OPIOID_CHOICES: readonly (readonly [weight: number, opioid: Opioid])[] = [
  [30, { drug: drug('oxycodone'), factor: 1.5, doses: [...TABLETS, [20, 3], [20, 4]] }],
  [20, { drug: drug('tramadol'), factor: 0.2, doses: doses(50, [1, 2, 3, 4, 6, 8]) }],
  [14, { drug: drug('hydrocodone'), factor: 1, doses: TABLETS }],
  [13, { drug: drug('morphine'), factor: 1, doses: doses(15, [1, 2, 3, 4, 6]) }],
  [7, { drug: drug('tapentadol'), factor: 0.4, doses: doses(50, [1, 2, 3, 4, 6]) }],
  [6, { drug: drug('hydromorphone'), factor: 5, doses: doses(2, [2, 3, 4, 6]) }],
  [5, { drug: drug('methadone'), factor: 4.7, doses: doses(5, [1, 2, 3, 4]) }],
  [
    4,
    {
      drug: drug('fentanyl'),
      factor: 2.4,
      patch: true,
      doses: [
        [12, 1],
        [25, 1],
        [50, 1],
        [75, 1],
      ],
    },
  ],
  [3, { drug: drug('codeine'), factor: 0.15, doses: doses(30, [2, 3, 4, 6]) }],
];

function drug(display: string): Coding {
  const found = OPIOIDS.find((one) => one.display === display);
  if (found === undefined) throw new Error(`The list of opioids has no ${display}`);
  return found;
}

function doses(mg: number, timesADay: readonly number[]): Dose[] {
  return timesADay.map((times) => (times > 4 ? [mg * 2, times / 2] : [mg, times]));
}
