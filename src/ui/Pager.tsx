import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from './Button.tsx';
import styles from './Pager.module.css';

interface PagerProps {
  /** `Rows 1–16 of 42`. */
  readonly range: string;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  /** The rows on screen are those of the page before: the next one is on its way. */
  readonly busy?: boolean;
}

/** Where one is in a list that is longer than the page. */
export function Pager({ range, onPrevious, onNext, busy = false }: PagerProps) {
  const reason = (act: (() => void) | undefined, end: string) =>
    busy ? 'The page is on its way' : act === undefined ? end : undefined;
  return (
    <nav className={styles.pager} aria-label="Pages">
      <span className={styles.range}>{range}</span>
      <Button
        icon={<ChevronLeft size={16} aria-hidden />}
        onClick={onPrevious}
        reasonHidden
        disabledReason={reason(onPrevious, 'This is the first page')}
      >
        Previous
      </Button>
      <Button
        iconAfter={<ChevronRight size={16} aria-hidden />}
        onClick={onNext}
        reasonHidden
        disabledReason={reason(onNext, 'This is the last page')}
      >
        Next
      </Button>
    </nav>
  );
}
