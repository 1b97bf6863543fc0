import type { ReactNode } from 'react';
import { useClinic } from '#src/config/clinic.ts';
import { clockHere } from '#src/lib/time.ts';
import { Section } from '#src/ui/Section.tsx';
import { isComplete, type RecordPart } from './patient-record-query.ts';
import styles from './RecordSections.module.css';

interface SectionOfPartProps<Item> {
  readonly title: string;
  /** Not here yet. */
  readonly part: RecordPart<Item> | undefined;
  /** It was asked for and will not come. */
  readonly failed: boolean;
  /** Which items have a line; all, if not told. */
  readonly shows?: (item: Item) => boolean;
  /** What an empty part means, where it is all there. */
  readonly none: string;
  readonly children: (item: Item) => ReactNode;
}

/** One part of a patient's record: its items, and what stands in the way of others. */
export function SectionOfPart<Item>({
  title,
  part,
  failed,
  shows,
  none,
  children,
}: SectionOfPartProps<Item>) {
  const items = shows === undefined ? part?.items : part?.items.filter(shows);
  return (
    <Section title={title} note={part && <PartNote part={part} />}>
      <ul className={styles.list} aria-busy={part === undefined && !failed}>
        {part === undefined && <li className={styles.waiting}>{failed ? 'Not loaded.' : 'Loading…'}</li>}
        {[...(part?.failure === undefined ? [] : [part.failure]), ...(part?.problems ?? [])].map(
          (problem, index) => (
            <li key={`problem ${index}`} className={styles.problem}>
              {problem}
            </li>
          ),
        )}
        {part !== undefined && isComplete(part) && items?.length === 0 && (
          <li className={styles.waiting}>{none}</li>
        )}
        {items?.map((item, index) => (
          <li key={index}>{children(item)}</li>
        ))}
      </ul>
    </Section>
  );
}

function PartNote({ part }: { readonly part: RecordPart<unknown> }) {
  const { timeZone } = useClinic().config.clinic;
  const { failure, answeredAt, more } = part;
  return [
    ...(failure === undefined || answeredAt === undefined
      ? []
      : [`as of ${clockHere(answeredAt, timeZone)}`]),
    ...(more ? ['there are more'] : []),
  ].join(', ');
}
