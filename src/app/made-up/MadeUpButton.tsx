import { useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { DAY_WORDS, madeUpState, momentText, SCENARIO_WORDS } from './made-up-clinic.ts';
import styles from './MadeUpButton.module.css';

/** Says that nobody here is real, and what is switched; opens the switches. */
export function MadeUpButton({ onOpen }: { readonly onOpen: () => void }) {
  const { config } = useClinic();
  const { data } = useQuery(madeUpState(config));
  const setTo = data?.clock.setTo;
  return (
    <div className={styles.madeUp}>
      <button type="button" className={styles.button} onClick={onOpen}>
        <Info size={14} aria-hidden />
        <span>Made-up clinic</span>
      </button>
      {data !== undefined && (
        <div className={styles.notes}>
          {data.day !== 'usual' && <p>{DAY_WORDS[data.day] ?? data.day}</p>}
          {data.scenario !== 'normal' && (
            <p>Server: {(SCENARIO_WORDS[data.scenario] ?? data.scenario).replace(/[:(].*/, '').trim()}</p>
          )}
          {setTo != null && <p>Clock set to {momentText(setTo, config.clinic.timeZone)}</p>}
          {data.notice !== undefined && <p role="alert">{data.notice}</p>}
        </div>
      )}
    </div>
  );
}
