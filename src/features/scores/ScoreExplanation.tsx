import { Info } from 'lucide-react';
import { PopoverButton } from '#src/ui/PopoverButton.tsx';
import type { ScoreKind } from './score-kind.ts';
import { SCORES } from './score-kinds.ts';
import styles from './ScoreExplanation.module.css';

/** A small button that says what a score is, how it is read, and where that stands. */
export function ScoreExplanation({ kind }: { readonly kind: ScoreKind }) {
  const { label, meaning, rangeText, direction, cutOffs, unit, change, source } = SCORES[kind];
  return (
    <PopoverButton
      className={styles.button}
      panelLabel={`About ${label}`}
      label={
        <>
          <Info size={14} aria-hidden />
          <span className="cs-visually-hidden">About {label}</span>
        </>
      }
    >
      {() => (
        <div className={styles.panel}>
          <p>
            <strong>{label}</strong> <span className="cs-unit">{rangeText}</span>
          </p>
          <p>
            {meaning}
            {direction !== undefined && ` ${direction.charAt(0).toUpperCase()}${direction.slice(1)}.`}
          </p>
          {cutOffs.length > 0 && (
            <ul>
              {cutOffs.map(({ from, words }) => (
                <li key={from}>
                  from {from}
                  {unit === undefined ? '' : ` ${unit}`}: {words}
                </li>
              ))}
            </ul>
          )}
          {change !== undefined && <p>{change}</p>}
          <p className="cs-unit">{source === undefined ? 'No published cut-offs.' : `Source: ${source}`}</p>
        </div>
      )}
    </PopoverButton>
  );
}
