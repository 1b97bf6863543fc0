import { useClinic } from '#src/config/clinic.ts';
import { clockHere } from '#src/lib/time.ts';
import type { RecordPart } from './patient-record-query.ts';
import styles from './PartNotices.module.css';

/** What stands in the way of a part: why it was not answered, and which of its records could not be read. */
export function PartNotices({ part }: { readonly part: RecordPart<unknown> }) {
  const { failure, problems, items, withheld } = part;
  const [only] = problems;
  return (
    <>
      {withheld !== undefined && <p className={styles.withheld}>{withheld}</p>}
      {failure !== undefined && <p className={styles.problem}>{failure}</p>}
      {problems.length === 1 && <p className={styles.problem}>{only}</p>}
      {problems.length > 1 && (
        <details className={styles.problem}>
          <summary>
            {problems.length} of {items.length + problems.length} could not be read
          </summary>
          <ul>
            {problems.map((problem, index) => (
              <li key={index}>{problem}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** How old a part is where its last question failed, and whether there is more of it than was fetched. */
export function PartNote({ part }: { readonly part: RecordPart<unknown> }) {
  const { timeZone } = useClinic().config.clinic;
  const { failure, answeredAt, more, items, problems, total } = part;
  const fetched = items.length + problems.length;
  return [
    ...(failure === undefined || answeredAt === undefined
      ? []
      : [`as of ${clockHere(answeredAt, timeZone)}`]),
    ...(more
      ? [
          total === undefined
            ? `first ${fetched} shown, there are more`
            : `first ${fetched} of ${total} shown`,
        ]
      : []),
  ].join(', ');
}
