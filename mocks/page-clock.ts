/** The clock of the page: all that the application asks for the time shows that of the made-up clinic. */
import { clinicTimeAt, type Laying } from './laying.ts';

/** By how much the page's clock was ahead when it was last set in this browser. */
const AHEAD = 'mock-clock-ahead';
/** Where the application keeps when somebody last used it. */
const USED = 'chairside.used';

const realMilliseconds = Date.now.bind(Date);

/** The real time, also while the clock of the page is set. */
export function realTime(): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(realMilliseconds());
}

/**
 * Sets the page's clock to that of a laying, for as long as the page lives: it runs on at the usual pace, so what
 * measures times between two moments does not notice.
 */
export function setPageClock(laying: Laying): void {
  const real = realTime();
  const ahead = clinicTimeAt(laying, real).epochMilliseconds - real.epochMilliseconds;
  Date.now = () => realMilliseconds() + ahead;
  // Nobody was away for the weeks that the clock has jumped.
  const jump = ahead - Number(localStorage.getItem(AHEAD) ?? 0);
  const used = localStorage.getItem(USED);
  if (jump !== 0 && used !== null) localStorage.setItem(USED, String(Number(used) + jump));
  localStorage.setItem(AHEAD, String(ahead));
}
