import { useDeferredValue, useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useClinic } from '#src/config/clinic.ts';
import { useRecentPatients } from '#src/features/patients/recent-patients.ts';
import { typedSearch } from '#src/features/patients/typed-search.ts';
import { createHistoryMemory, useHistoryMemory } from '#src/lib/history-memory.ts';
import { arrange, SCREEN_PAGE } from './patients-order.ts';
import { patientsPage, type PatientsRow } from './patients-query.ts';
import { defaultSort } from './patients-search.ts';

/** A place in the list, and the filters in whose answer it is a place. */
interface Place {
  readonly filters: string;
  /** The pages of the server's behind the first one, up to the page on screen. */
  readonly pages: readonly {
    readonly link: string;
    readonly rowsBefore: number;
    readonly tooMany: boolean | undefined;
  }[];
  /** The page on screen of a list that is here whole. */
  readonly screen: number;
}

const placeInList = createHistoryMemory<Place>({ filters: '', pages: [], screen: 0 });
const SETTLE_MS = 250;

/** The rows of the list as the URL, the typed text and the place in the list ask for them. */
export function usePatientsList() {
  const clinic = useClinic();
  const recent = useRecentPatients();
  const search = useSearch({ from: '/patients/' });
  const [text, setText] = useHistoryMemory(typedSearch);
  const filterText = useDeferredValue(text.now);

  const filters = JSON.stringify(search);
  const [remembered, setPlace] = useHistoryMemory(placeInList);
  const place = remembered.filters === filters ? remembered : placeInList.initial;
  const setTyped = (now: string) => {
    setText({ now, settled: text.settled });
    // Another text is another question: its answer begins at its first page.
    setPlace(placeInList.initial);
  };
  // Ends with the page: what somebody typed must not come back after that person has left.
  useEffect(() => {
    if (text.now === text.settled) return undefined;
    const settling = setTimeout(() => setText({ now: text.now, settled: text.now }), SETTLE_MS);
    return () => clearTimeout(settling);
  }, [text, setText]);

  const atServer = place.pages.at(-1);
  const asksServer = search.view === 'all';
  const base = useQuery(
    patientsPage(clinic, {
      search,
      typed: asksServer ? text.settled : '',
      link: asksServer ? atServer?.link : undefined,
      recent,
    }),
  );
  const tooLong = !asksServer && base.data?.whole === false;
  const narrowed = tooLong && (text.settled !== '' || atServer !== undefined);
  const paged = useQuery({
    ...patientsPage(clinic, {
      search,
      typed: text.settled,
      link: atServer?.link,
      tooMany: atServer?.tooMany,
      recent,
    }),
    enabled: narrowed,
  });
  const query = narrowed ? paged : base;
  const page = query.data;

  const sort = search.sort ?? defaultSort(search.view);
  const local = !asksServer && page?.whole === true;
  const rows: readonly PatientsRow[] | undefined =
    page && local
      ? arrange(page.rows, {
          typed: tooLong ? '' : filterText,
          sort: search.view === 'recent' ? search.sort : sort,
          locale: clinic.config.clinic.locale,
        })
      : page?.rows;
  // A list that has become shorter still has a last page.
  const screens = Math.max(1, Math.ceil((rows?.length ?? 0) / SCREEN_PAGE));
  const screen = Math.min(place.screen, screens - 1);
  const shown = local ? rows?.slice(screen * SCREEN_PAGE, (screen + 1) * SCREEN_PAGE) : rows;
  const rowsBefore = local ? screen * SCREEN_PAGE : (atServer?.rowsBefore ?? 0);
  const rowsUntil = rowsBefore + (shown?.length ?? 0);
  const onScreen = (next: number) => () => setPlace({ filters, pages: [], screen: next });
  const onPages = (pages: Place['pages']) => () => setPlace({ filters, pages, screen: 0 });
  const link = page?.next;

  return {
    /** What is asked for: where it changes, another list is on screen. */
    question: `${filters} ${text.settled}`,
    search,
    typed: text.now,
    setTyped,
    query,
    page,
    /** Every row that answers, where the list is here whole; else the rows of the page. */
    rows,
    /** The rows of the page on screen. */
    shown,
    sort,
    local,
    total: local ? rows?.length : page?.total,
    /** Whether the rows on screen answer an earlier question. */
    busy: query.isPlaceholderData || (!local && text.now !== text.settled),
    /** Where the page that is asked for lies; while busy, other rows are on screen. */
    range: { first: rowsUntil === rowsBefore ? rowsBefore : rowsBefore + 1, last: rowsUntil },
    onPrevious: local
      ? screen > 0
        ? onScreen(screen - 1)
        : undefined
      : atServer && onPages(place.pages.slice(0, -1)),
    onNext: local
      ? screen < screens - 1
        ? onScreen(screen + 1)
        : undefined
      : link === undefined
        ? undefined
        : onPages([...place.pages, { link, rowsBefore: rowsUntil, tooMany: page?.tooMany }]),
  };
}
