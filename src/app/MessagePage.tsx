import type { ReactNode } from 'react';
import { Brand } from './Brand.tsx';
import styles from './MessagePage.module.css';

interface MessagePageProps {
  readonly clinicName?: string | undefined;
  readonly title: string;
  readonly children: ReactNode;
}

/** A page that stands in place of the application: what is wrong and who can put it right. */
export function MessagePage({ clinicName, title, children }: MessagePageProps) {
  return (
    <main className={styles.page}>
      <section className={styles.card} aria-labelledby="message">
        <Brand clinicName={clinicName} />
        <h1 id="message">{title}</h1>
        {children}
      </section>
    </main>
  );
}
