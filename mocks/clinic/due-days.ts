import type { ClinicTime } from './clinic-time.ts';
import type { MaintenanceStory } from './stories.ts';

/** Days, counted from today, on one of which the maintenance infusion is due or the last session lay. */
export interface Days {
  readonly of: 'due' | 'session';
  readonly from: number;
  readonly to: number;
}

/** The days that are left of the clinic's week after today; on a Sunday those of the next one. */
export function restOfWeek(time: ClinicTime): Days {
  const left = 7 - time.weekday(0);
  return { of: 'due', from: 1, to: left === 0 ? 7 : left };
}

/** The four weeks after that. */
export function nextFourWeeks(time: ClinicTime): Days {
  const { to } = restOfWeek(time);
  return { of: 'due', from: to + 1, to: to + 28 };
}

/** Where the clinical due date of a story lies, or for a fresh one its last session. */
export function nextActionDays(story: MaintenanceStory, time: ClinicTime): Days {
  const week = restOfWeek(time);
  const four = nextFourWeeks(time);
  switch (story.bucket) {
    case 'due':
      // With a call or a snooze behind it, it has been due for a while.
      return story.called === true || story.woken === true
        ? { of: 'due', from: -18, to: -5 }
        : { of: 'due', from: -12, to: 0 };
    case 'this-week':
      return story.called === true ? { of: 'due', from: -9, to: -1 } : week;
    case 'four-weeks':
      return story.called === true ? week : four;
    case 'snoozed':
      return { of: 'due', from: -10, to: 10 };
    case 'booked':
      return { of: 'due', from: 2, to: 15 };
    case 'booked-later':
      return { of: 'due', from: 16, to: 40 };
    case 'booked-today':
      return { of: 'due', from: -4, to: 4 };
    case 'forgotten':
    case 'withdrawn':
    case 'paused':
      return { of: 'due', from: -30, to: 30 };
    case 'later':
    case 'review':
      // Beyond the four weeks, yet not so far that the last session would fall into the last two weeks.
      return { of: 'due', from: four.to + 1, to: four.to + 28 };
    case 'recent':
      return recentSession(story.call, week);
  }
}

function recentSession(call: MaintenanceStory['call'], week: Days): Days {
  switch (call) {
    case 'two-weeks-due':
      return { of: 'session', from: -14, to: -14 };
    case 'next-day-due':
      return { of: 'session', from: -4, to: -1 };
    case 'two-weeks-this-week':
      return { of: 'session', from: week.from - 14, to: week.to - 14 };
    case undefined:
      return { of: 'session', from: -6, to: -1 };
  }
}
