import { useDeferredValue } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useDebouncedValue } from '@mantine/hooks';
import { useClinic } from '#src/config/clinic.ts';
import { useRecentPatients } from '#src/features/patients/recent-patients.ts';
import { createHistoryMemory, useHistoryMemory } from '#src/lib/history-memory.ts';
import { arrange, SCREEN_PAGE } from './patients-order.ts';
import { patientsPage, type PatientsRow } from './patients-query.ts';
import { defaultSort } from './patients-search.ts';

/** A place in the list, and the question whose answer it is a place in. */
interface Place {
  readonly question: string;
  /** The server's links to the pages behind the first one, up to the page on screen. */
  readonly links: readonly string[];
  /** The page on screen of a list that is here whole. */
  readonly screen: number;
}

const typedText = createHistoryMemory('');
const placeInList = createHistoryMemory<Place>({ question: '', links: [], screen: 0 });
const SETTLE_MS = 250;

/** The rows of the list as the URL, the typed text and the place in the list ask for them. */
export function usePatientsList() {
  const clinic = useClinic();
  const recent = useRecentPatients();
  const search = useSearch({ from: '/patients/' });
  const [typed, setTyped] = useHistoryMemory(typedText);
  const [settled] = useDebouncedValue(typed, SETTLE_MS);
  const deferred = useDeferredValue(typed);

  // A place belongs to one question: another filter, order or text starts at the first page again.
  const question = JSON.stringify([search, settled]);
  const [place, setPlace] = useHistoryMemory(placeInList);
  const { links, screen } = place.question === question ? place : placeInList.initial;
  const setLinks = (next: readonly string[]) => setPlace({ question, links: next, screen: 0 });
  const setScreen = (next: number) => setPlace({ question, links: [], screen: next });
  const link = links.at(-1);

  const asksServer = search.view === 'all';
  const whole = useQuery({
    ...patientsPage(clinic, {
      search,
      typed: asksServer ? settled : '',
      link: asksServer ? link : undefined,
      recent,
    }),
  });
  const tooLong = !asksServer && whole.data?.whole === false;
  const paged = useQuery({
    ...patientsPage(clinic, { search, typed: settled, link, recent }),
    enabled: tooLong && (settled !== '' || link !== undefined),
  });
  const query = tooLong && (settled !== '' || link !== undefined) ? paged : whole;
  const page = query.data;

  const sort = search.sort ?? defaultSort(search.view);
  const local = !asksServer && page?.whole === true;
  const rows: readonly PatientsRow[] | undefined =
    page && local
      ? arrange(page.rows, {
          typed: tooLong ? '' : deferred,
          sort: search.view === 'recent' ? search.sort : sort,
          locale: clinic.config.clinic.locale,
        })
      : page?.rows;
  const shown = local ? rows?.slice(screen * SCREEN_PAGE, (screen + 1) * SCREEN_PAGE) : rows;

  const total = local ? rows?.length : page?.total;
  const first = local ? screen * SCREEN_PAGE : links.length * (asksServer ? SCREEN_PAGE : 2 * SCREEN_PAGE);
  const last = first + (shown?.length ?? 0);
  const { next } = page ?? {};

  return {
    search,
    typed,
    setTyped,
    query,
    page,
    /** Every row that answers, where the list is here whole; else the rows of the page. */
    rows,
    /** The rows of the page on screen. */
    shown,
    sort,
    local,
    total,
    /** Whether the rows on screen answer an earlier question. */
    busy: query.isPlaceholderData || (asksServer && typed !== settled),
    range: { first: shown?.length === 0 ? 0 : first + 1, last },
    onPrevious: local
      ? screen > 0
        ? () => setScreen(screen - 1)
        : undefined
      : links.length > 0
        ? () => setLinks(links.slice(0, -1))
        : undefined,
    onNext: local
      ? rows !== undefined && (screen + 1) * SCREEN_PAGE < rows.length
        ? () => setScreen(screen + 1)
        : undefined
      : next === undefined || query.isPlaceholderData
        ? undefined
        : () => setLinks([...links, next]),
  };
}
