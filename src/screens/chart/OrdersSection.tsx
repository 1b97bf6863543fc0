import { replacementOf, type Amount, type Order, type OrderStatus } from '#src/features/courses/order.ts';
import { useClinic } from '#src/config/clinic.ts';
import { numberText } from '#src/features/scores/score-words.ts';
import { formatDay, formatPartialDate, parseDay } from '#src/lib/time.ts';
import type { RecordPart } from './patient-record-query.ts';
import { PagesOf, pagesOf, type Paging } from './PagesOf.tsx';
import { TableSection, type SectionColumn } from './TableSection.tsx';
import styles from './orders.module.css';

interface OrdersSectionProps {
  readonly part: RecordPart<Order> | undefined;
  readonly failed: boolean;
}

const STATUS_WORDS: Readonly<Record<OrderStatus, string>> = {
  active: 'Active',
  onHold: 'On hold',
  cancelled: 'Cancelled',
  completed: 'Completed',
  stopped: 'Stopped',
  draft: 'Draft, not in force',
  mistake: 'Entered in error',
  unknown: 'Status unknown',
};

function orderColumns(orders: readonly Order[], timeZone: string): readonly SectionColumn<Order>[] {
  return [
    orderedColumn(timeZone),
    {
      id: 'dose',
      header: 'Dose',
      align: 'end',
      cell: ({ dose, words }) =>
        dose === undefined ? (words ?? 'not stated') : <AmountText {...dose} strong />,
    },
    {
      id: 'maximum',
      header: 'At most',
      align: 'end',
      cell: ({ maximum }) => (maximum === undefined ? 'not stated' : <AmountText {...maximum} />),
    },
    {
      id: 'status',
      header: 'Status',
      selfEvident: true,
      neverStruck: true,
      cell: (order) => (
        <span className={styles[toneOf(order.status)]}>{statusText(order, orders, timeZone)}</span>
      ),
    },
    { id: 'by', header: 'Ordered by', cell: ({ orderedBy }) => orderedBy ?? 'not recorded' },
  ];
}

/** The orders of ketamine: the dose by weight, its limit, who ordered it and whether it is in force. */
export function OrdersSection({ part, failed }: OrdersSectionProps) {
  const { timeZone } = useClinic().config.clinic;
  const orders = (part?.items ?? []).filter(({ ketamine }) => ketamine);
  return (
    <TableSection
      title="Ketamine orders"
      part={part}
      failed={failed}
      columns={orderColumns(orders, timeZone)}
      rows={orders}
      rowKey={({ id }) => id}
      struck={({ status }) => status === 'mistake'}
      none="No order yet."
    />
  );
}

function prescriptionColumns(orders: readonly Order[], timeZone: string): readonly SectionColumn<Order>[] {
  return [
    orderedColumn(timeZone),
    { id: 'drug', header: 'Drug', selfEvident: true, cell: ({ drug }) => drug },
    {
      id: 'dosage',
      header: 'Dosage',
      cell: ({ words, dose }) => words ?? (dose === undefined ? 'not stated' : <AmountText {...dose} />),
    },
    {
      id: 'status',
      header: 'Status',
      selfEvident: true,
      neverStruck: true,
      cell: (order) => (
        <span className={styles[toneOf(order.status)]}>{statusText(order, orders, timeZone)}</span>
      ),
    },
    { id: 'by', header: 'Prescribed by', cell: ({ orderedBy }) => orderedBy ?? 'not recorded' },
  ];
}

interface PrescriptionsSectionProps extends OrdersSectionProps {
  /** The orders of ketamine, which are told by themselves: also those that could not be read. */
  readonly orders: RecordPart<Order> | undefined;
  /** Without it, as on paper, all of them are shown. */
  readonly paging?: Paging;
}

/** Whatever else was prescribed, by whomever: plainly, as the records tell it. */
export function PrescriptionsSection({ part, failed, orders, paging }: PrescriptionsSectionProps) {
  const { timeZone } = useClinic().config.clinic;
  const others = (part?.items ?? []).filter(({ ketamine }) => !ketamine);
  const problems = (part?.problems ?? []).filter((one) => orders?.problems.includes(one) !== true);
  const pages = pagesOf(others, paging);
  return (
    <TableSection
      title="Other prescriptions"
      part={part && { ...part, items: others, problems }}
      failed={failed}
      columns={prescriptionColumns(others, timeZone)}
      rows={pages.rows}
      rowKey={({ id }) => id}
      struck={({ status }) => status === 'mistake'}
      none="No other prescription."
      below={<PagesOf pages={pages} />}
    />
  );
}

function orderedColumn(timeZone: string): SectionColumn<Order> {
  return { id: 'date', header: 'Date', cell: ({ date }) => dateOf(date, timeZone) };
}

function dateOf(date: string | undefined, timeZone: string): string {
  const day = parseDay(date, timeZone);
  return day === undefined ? (date === undefined ? 'date unknown' : formatPartialDate(date)) : formatDay(day);
}

function AmountText({ value, unit, strong = false }: Amount & { readonly strong?: boolean }) {
  const text = numberText(value);
  return (
    <>
      {strong ? <strong>{text}</strong> : text} <span className="cs-unit">{unit}</span>
    </>
  );
}

function toneOf(status: OrderStatus): 'now' | 'past' {
  return status === 'active' ? 'now' : 'past';
}

/** The status, and which order took this one's place. */
function statusText(order: Order, orders: readonly Order[], timeZone: string): string {
  const words = STATUS_WORDS[order.status];
  const replacement = replacementOf(order, orders);
  return replacement === undefined
    ? words
    : `${words}, replaced by the order of ${dateOf(replacement.date, timeZone)}`;
}
