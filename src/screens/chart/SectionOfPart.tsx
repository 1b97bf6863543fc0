import type { ReactNode } from 'react';
import { Section } from '#src/ui/Section.tsx';
import { isWhole, type RecordPart } from './patient-record-query.ts';
import { PartNote, PartNotices } from './PartNotices.tsx';
import { useEmptyWords } from './use-empty-words.ts';
import styles from './SectionOfPart.module.css';

interface SectionOfPartProps<Item> {
  readonly title: string;
  /** Stands at the right of the title, before what the part itself has to say. */
  readonly note?: ReactNode;
  /** Not here yet. */
  readonly part: RecordPart<Item> | undefined;
  /** It was asked for and will not come. */
  readonly failed: boolean;
  /** Which items have a line, and in which order; all as they came, if not told. */
  readonly shows?: (items: readonly Item[]) => readonly Item[];
  /** What an empty part means, where it is all there. */
  readonly none: string;
  readonly children: (item: Item) => ReactNode;
}

/** One part of a patient's record: its items, and what stands in the way of others. */
export function SectionOfPart<Item>({
  title,
  note,
  part,
  failed,
  shows,
  none,
  children,
}: SectionOfPartProps<Item>) {
  const emptyWords = useEmptyWords();
  const items = shows === undefined || part === undefined ? part?.items : shows(part.items);
  return (
    <Section
      title={title}
      note={
        <>
          {note} {part && <PartNote part={part} />}
        </>
      }
    >
      {part && <PartNotices part={part} />}
      <ul className={styles.list} aria-busy={part === undefined && !failed}>
        {part === undefined && <li className={styles.waiting}>{failed ? 'Not loaded.' : 'Loading…'}</li>}
        {part !== undefined && isWhole(part) && items?.length === 0 && (
          <li className={styles.waiting}>{emptyWords(none)}</li>
        )}
        {items?.map((item, index) => (
          <li key={index}>{children(item)}</li>
        ))}
      </ul>
    </Section>
  );
}
