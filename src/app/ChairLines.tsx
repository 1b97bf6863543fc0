import styles from './ChairLines.module.css';

type Phase = 'consultation' | 'induction' | 'maintenance';

/** A day of chairs: [column, start, end of the infusion, end of the recovery] in half hours. */
const BLOCKS: readonly (readonly [Phase, number, number, number, number])[] = [
  ['induction', 1, 1.1, 2.6, 4],
  ['maintenance', 2, 0.8, 1.9, 2.9],
  ['induction', 3, 1.9, 3.6, 5.2],
  ['induction', 4, 0.5, 3.8, 6.7],
  ['maintenance', 5, 2.5, 3.5, 4.4],
  ['consultation', 6, 1.4, 2.3, 3],
  ['induction', 7, 0.8, 3, 5],
  ['maintenance', 1, 5.3, 6.3, 7.1],
  ['induction', 2, 3.8, 6.5, 9],
  ['consultation', 3, 6.5, 7.6, 8.6],
  ['maintenance', 4, 7.8, 8.6, 9.4],
  ['induction', 5, 5.5, 6.9, 8.1],
  ['maintenance', 6, 4.1, 6, 7.7],
  ['maintenance', 7, 6.3, 7.6, 8.6],
];

const HOUR = 80;
const COLUMN = 79;

/** The chair board as a picture, without anybody on it. */
export function ChairLines() {
  return (
    <svg className={styles.lines} viewBox="0 0 620 900" preserveAspectRatio="xMidYMid slice" aria-hidden>
      {Array.from({ length: 11 }, (_, hour) => (
        <line key={hour} x1="0" x2="620" y1={HOUR * (hour + 1)} y2={HOUR * (hour + 1)} />
      ))}
      {BLOCKS.map(([phase, column, start, middle, end]) => (
        <g key={`${column} ${start}`} data-phase={phase}>
          <path
            className={styles.recovery}
            d={`M${column * COLUMN} ${middle * HOUR + 40}V${end * HOUR + 40}`}
          />
          <path
            className={styles.infusion}
            d={`M${column * COLUMN} ${start * HOUR + 40}V${middle * HOUR + 40}`}
          />
        </g>
      ))}
    </svg>
  );
}
