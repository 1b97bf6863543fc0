import type { ReactNode } from 'react';
import styles from './Badge.module.css';

/** `block` stops treatment, `risk` stands beside it, `late` is late or easily confused, `info` informs. */
export type BadgeTone = 'block' | 'risk' | 'late' | 'info';

interface BadgeProps {
  readonly tone: BadgeTone;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

/** A short alert: an icon and a word, never a colour alone. */
export function Badge({ tone, icon, children }: BadgeProps) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {icon}
      <span>{children}</span>
    </span>
  );
}
