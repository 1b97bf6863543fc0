import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from './Button.tsx';
import styles from './Pager.module.css';

interface PagerProps {
  /** `Rows 1–16 of 42`. */
  readonly range: string;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** Where one is in a list that is longer than the page. */
export function Pager({ range, onPrevious, onNext }: PagerProps) {
  return (
    <nav className={styles.pager} aria-label="Pages">
      <span className={styles.range} aria-live="polite">
        {range}
      </span>
      <Button
        icon={<ChevronLeft size={16} aria-hidden />}
        reasonHidden
        {...(onPrevious ? { onClick: onPrevious } : { disabledReason: 'This is the first page' })}
      >
        Previous
      </Button>
      <Button
        iconAfter={<ChevronRight size={16} aria-hidden />}
        reasonHidden
        {...(onNext ? { onClick: onNext } : { disabledReason: 'This is the last page' })}
      >
        Next
      </Button>
    </nav>
  );
}
