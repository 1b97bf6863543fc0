import { progressText, type Course } from './course.ts';
import styles from './PhaseProgress.module.css';

/** More boxes than this would say less than the words beside them. */
const MOST_BOXES = 12;

/** The phase of a course as a dot and words, and its progress as boxes: filled ones are signed sessions that count. */
export function PhaseProgress({
  course,
  extraBooked,
}: {
  readonly course: Course;
  readonly extraBooked: boolean;
}) {
  const done = course.seriesSessions.length;
  const boxes = course.phase === 'induction' ? Math.max(course.planned ?? 0, done) : 0;
  return (
    <span className={styles.progress}>
      <span className={styles.words} data-phase={course.phase}>
        {progressText(course)}
      </span>
      {boxes > 0 && boxes <= MOST_BOXES && (
        <span className={styles.boxes} aria-hidden>
          {Array.from({ length: boxes }, (_, box) => (
            <span key={box} data-done={box < done} />
          ))}
        </span>
      )}
      {course.paused && <span className={styles.paused}>paused</span>}
      {extraBooked && <span className={styles.extra}>extra booked</span>}
    </span>
  );
}
