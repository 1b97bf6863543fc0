import { useClinic } from '#src/config/clinic.ts';
import type { CourseDetail } from '#src/features/courses/course-detail.ts';
import { PhaseProgress } from '#src/features/courses/PhaseProgress.tsx';
import { Section } from '#src/ui/Section.tsx';
import { courseDays, endingText, protocolOf } from './course-words.ts';
import listStyles from './SectionOfPart.module.css';
import styles from './section-lines.module.css';

/** Courses beside the one that the course bar shows. */
export function OtherCourses({ courses }: { readonly courses: readonly CourseDetail[] }) {
  const { protocols } = useClinic().config;
  return (
    <Section title="Other courses">
      <ul className={listStyles.list}>
        {courses.map((course) => (
          <li key={course.id}>
            <PhaseProgress course={course} extraBooked={false} />
            <span className={styles.aside}>{courseDays(course)}</span>
            <span className={styles.detail}>
              {[protocolOf(course, protocols)?.name, endingText(course)]
                .filter((part) => part !== undefined && part !== '')
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
