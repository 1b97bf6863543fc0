import { useEffect, type ReactNode } from 'react';
import styles from './PageHeader.module.css';

interface PageHeaderProps {
  /** The heading; the page title too unless `pageTitle` says another. */
  readonly title: ReactNode;
  /** Never a person's name: titles stand in histories and on task bars. */
  readonly pageTitle: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

const TITLE_ID = 'page-title';

/** Puts the focus on the page's heading, where what had it is about to go. */
export function focusPageTitle(): void {
  document.getElementById(TITLE_ID)?.focus();
}

/** Top of a page: its heading, which takes the focus when the page is opened, its search and its actions. */
export function PageHeader({ title, pageTitle, children, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${pageTitle} · Chairside`;
  }, [pageTitle]);
  return (
    <header className={styles.header}>
      <h1 id={TITLE_ID} tabIndex={-1} className={styles.title}>
        {title}
      </h1>
      {children}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
