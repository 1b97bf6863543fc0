import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { Button } from '#src/ui/Button.tsx';
import type { DialogProps } from '../dialogs.ts';
import { Modal } from '../Modal.tsx';
import { DAY_WORDS, madeUpState, momentText, reset, SCENARIO_WORDS, turn } from './made-up-clinic.ts';
import styles from './MadeUpDialog.module.css';

/** Asked for first; the others stand under "More". */
const COMMON = ['normal', 'slow', 'offline', 'conflict', 'failing'];

/** The switches of the made-up clinic: its day, its clock, and how well its server answers. */
export function MadeUpDialog({ onClose }: DialogProps) {
  const { config } = useClinic();
  const { data, isError } = useQuery(madeUpState(config));
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  // A new day, clock or server is a new page: everything is read again.
  const change = async (work: Promise<void>) => {
    setBusy(true);
    try {
      await work;
      window.location.reload();
    } catch (error) {
      setBusy(false);
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const setClock = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { value } = Object.assign(event.currentTarget.elements.namedItem('at') ?? { value: '' });
    void change(turn(config, 'clock', String(value)));
  };
  const radio = (name: 'scenario' | 'day', value: string, word: string | undefined, checked: boolean) => (
    <label key={value} className={styles.choice}>
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={() => void change(turn(config, name, value))}
      />
      {word ?? value}
    </label>
  );
  const { timeZone } = config.clinic;
  const rest = data?.scenarios.filter((one) => !COMMON.includes(one)) ?? [];
  return (
    <Modal label="Made-up clinic" className={styles.dialog} onClose={onClose}>
      <h2>Made-up clinic</h2>
      <p className={styles.about}>
        Nobody here is real. A change loads the page again; what was entered stays unless the day or the clock
        changes.
      </p>
      {(problem ?? data?.notice) !== undefined && (
        <p role="alert" className={styles.problem}>
          {problem ?? data?.notice}
        </p>
      )}
      {isError && (
        <p role="alert" className={styles.problem}>
          The made-up clinic does not answer. Load the page again.
        </p>
      )}
      {data !== undefined && (
        <div className={styles.groups} inert={busy}>
          <fieldset>
            <legend>The day</legend>
            {data.days.map((day) => radio('day', day, DAY_WORDS[day], day === data.day))}
          </fieldset>
          <fieldset>
            <legend>The server</legend>
            {COMMON.map((one) => radio('scenario', one, SCENARIO_WORDS[one], one === data.scenario))}
            <details open={rest.includes(data.scenario)}>
              <summary>More</summary>
              {rest.map((one) => radio('scenario', one, SCENARIO_WORDS[one], one === data.scenario))}
            </details>
          </fieldset>
          <form className={styles.clock} onSubmit={setClock}>
            <label htmlFor="made-up-clock">
              The clock, {data.clock.setTo === null ? 'real' : 'set'}: now{' '}
              {momentText(data.clock.now, timeZone)}, running
            </label>
            <span className={styles.time}>
              <input
                id="made-up-clock"
                name="at"
                type="datetime-local"
                required
                defaultValue={localText(data.clock.now, timeZone)}
              />
              <Button type="submit">Set</Button>
              {data.clock.setTo !== null && (
                <Button onClick={() => void change(turn(config, 'clock', null))}>
                  Back to the real time
                </Button>
              )}
            </span>
          </form>
        </div>
      )}
      <div className={styles.actions}>
        <Button icon={<RotateCcw size={16} aria-hidden />} onClick={() => void change(reset(config))}>
          Reset the made-up clinic
        </Button>
        <Button autoFocus onClick={onClose}>
          Close
        </Button>
      </div>
    </Modal>
  );
}

/** As a field for date and time wants it. */
function localText(at: string, timeZone: string): string {
  return Temporal.Instant.from(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}
