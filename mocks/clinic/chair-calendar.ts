import type { ClinicTime } from './clinic-time.ts';
import { randomStream, type Random } from './random.ts';

export const CHAIRS = 6;
/** The chair that is kept for infusions of half a day, while another one is free. */
const LONG_CHAIR = 2;
/** The clinic books by a grid: each chair has a patient every two hours, chairs begin staggered by up to an hour. */
const GRID_MINUTES = 120;
const STAGGER_STEP = 15;

/** On the day ahead one chair's first place goes only to who asks for it, so that a no-show is early in the day. */
const KEPT_CHAIR = 4;

/** Time in a chair: minutes after midnight of a day, counted from today. */
export interface Slot {
  readonly day: number;
  /** 0 is the first chair. */
  readonly chair: number;
  readonly start: number;
}

/** How full the clinic's next open day is: as the cast has it, a few appointments, or every chair all day. */
export type DayKind = 'usual' | 'quiet' | 'busy';

/** On a quiet day; those after it are not overfull with what would have been on it. */
const QUIET_CELLS = 5;
const CELLS_AFTER_QUIET = 20;

/** The chairs of one site: hands out time in them, each minute of a chair once. */
export interface ChairCalendar {
  readonly kind: DayKind;
  /** Time in a chair on that very day, `first` only as a chair's first patient; nothing when closed or full. */
  take(day: number, minutes: number, random: Random, when?: 'first'): Slot | undefined;
  /** The first time that is free on or after a day. */
  takeFrom(day: number, minutes: number, random: Random): Slot;
  /** The last time that is free on or before a day. */
  takeUntil(day: number, minutes: number, random: Random): Slot;
}

/** An empty calendar; the chairs' first starts of each day are drawn from `seed`. */
export function chairCalendar(time: ClinicTime, seed: string, kind: DayKind = 'usual'): ChairCalendar {
  const days = new Map<number, DayGrid>();
  const next = time.openFrom(0);
  const gridOf = (day: number): DayGrid => {
    let grid = days.get(day);
    if (grid === undefined) {
      grid = dayGrid(time, day, seed);
      days.set(day, grid);
    }
    return grid;
  };
  const take: ChairCalendar['take'] = (day, minutes, random, when) => {
    const { starts, rows, taken } = gridOf(day);
    const needed = Math.ceil(minutes / GRID_MINUTES);
    if (kind === 'quiet' && day >= next) {
      if (taken.size + needed > (day === next ? QUIET_CELLS : CELLS_AFTER_QUIET)) return undefined;
    }
    const free: { chair: number; row: number; start: number }[] = [];
    const keeps = day === next && when !== 'first';
    const last = when === 'first' ? 0 : rows - needed;
    for (let chair = 0; chair < starts.length; chair++) {
      for (let row = keeps && chair === KEPT_CHAIR ? 1 : 0; row <= last; row++) {
        if (isFree(taken, chair * rows + row, needed)) {
          free.push({ chair, row, start: (starts[chair] ?? 0) + row * GRID_MINUTES });
        }
      }
    }
    const preferred = free.filter(({ chair }) => (chair === LONG_CHAIR) === needed > 1);
    const candidates = preferred.length > 0 ? preferred : free;
    if (candidates.length === 0) return undefined;
    const { chair, row, start } = random.pick(candidates);
    for (let offset = 0; offset < needed; offset++) taken.add(chair * rows + row + offset);
    return { day, chair, start };
  };
  const search = (day: number, step: 1 | -1, minutes: number, random: Random): Slot => {
    for (let tried = 0; tried < 400; tried++) {
      const slot = take(day + tried * step, minutes, random);
      if (slot !== undefined) return slot;
    }
    throw new Error(`No chair has ${minutes} minutes free near ${time.date(day)}`);
  };
  return {
    kind,
    take,
    takeFrom: (day, minutes, random) => search(day, 1, minutes, random),
    takeUntil: (day, minutes, random) => search(day, -1, minutes, random),
  };
}

function isFree(taken: ReadonlySet<number>, first: number, count: number): boolean {
  for (let cell = first; cell < first + count; cell++) if (taken.has(cell)) return false;
  return true;
}

interface DayGrid {
  /** Each chair's first start, in minutes after midnight; none on a day on which the clinic is closed. */
  readonly starts: readonly number[];
  readonly rows: number;
  /** `chair * rows + row` of what was handed out. */
  readonly taken: Set<number>;
}

function dayGrid(time: ClinicTime, day: number, seed: string): DayGrid {
  const hours = time.hours(day);
  if (hours === undefined) return { starts: [], rows: 0, taken: new Set() };
  const random = randomStream(`chairs/${seed}/${day}`);
  const minutes = hours.closes - hours.opens;
  const rows = Math.floor(minutes / GRID_MINUTES);
  const staggers = Math.floor((minutes - rows * GRID_MINUTES) / STAGGER_STEP);
  const starts = Array.from({ length: CHAIRS }, () => hours.opens + random.whole(0, staggers) * STAGGER_STEP);
  return { starts, rows, taken: new Set() };
}
