import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useClinic } from '#src/config/clinic.ts';
import { explainFailure } from '#src/fhir/explain.ts';
import { useSignedIn } from '#src/identity/signed-in.ts';
import { browserTimeZone, clinicDay, clockHere, zoneNote } from '#src/lib/time.ts';
import { useNow } from '#src/lib/use-now.ts';
import { DataAge } from '#src/ui/DataAge.tsx';
import { DataTable, focusFirstRow, type Sort } from '#src/ui/DataTable.tsx';
import { PageHeader } from '#src/ui/PageHeader.tsx';
import { Pager } from '#src/ui/Pager.tsx';
import { SearchField } from '#src/ui/SearchField.tsx';
import { ErrorState, StaleBar } from '#src/ui/states.tsx';
import { ExportButton } from './ExportButton.tsx';
import { patientColumns, type ColumnContext } from './patient-columns.tsx';
import { patientFacts } from './patient-facts.ts';
import { PatientsEmpty } from './PatientsEmpty.tsx';
import { PatientsFilters } from './PatientsFilters.tsx';
import {
  ROW_WORDS,
  SERVER_ORDER,
  SORT_KEYS,
  SORTABLE,
  orderText,
  VIEW_WORDS,
  type PatientsSortKey,
} from './patients-search.ts';
import { PatientsViews } from './PatientsViews.tsx';
import { usePatientsList } from './use-patients-list.ts';
import styles from './PatientsScreen.module.css';

/** The list of patients in its views. */
export function PatientsScreen() {
  const clinic = useClinic();
  const navigate = useNavigate({ from: '/patients/' });
  const list = usePatientsList();
  const { search, query, shown } = list;
  const { role } = useSignedIn();
  const facts = useQuery(patientFacts(clinic, role, shown ?? []));
  const { timeZone } = clinic.config.clinic;
  const now = useNow(clinic.now);
  const context: ColumnContext = {
    facts: facts.data,
    factsFailed: facts.isError && facts.data === undefined,
    now,
    today: clinicDay(now, timeZone),
    timeZone,
    zoneNote: zoneNote(now, timeZone, browserTimeZone()),
  };
  const fixedOrder = search.view !== 'all' && list.page?.whole === false;
  const keptOrder = `${SERVER_ORDER[search.view]}, by the clinic system`;
  const columns = patientColumns(search.view, context).map((column) => ({
    ...column,
    ...(SORTABLE[search.view].includes(column.id) && {
      sort: { disabledReason: fixedOrder ? keptOrder : undefined },
    }),
  }));
  const setSort = ({ column, descending }: Sort) => {
    const sort = SORT_KEYS.find((key) => key === `${descending ? '-' : ''}${column}`);
    void navigate({ search: (before) => ({ ...before, sort }), replace: true, resetScroll: false });
  };
  const failure = query.isError
    ? explainFailure(query.error, clockOf(query.errorUpdatedAt, timeZone))
    : undefined;
  // What failed together is asked for together.
  const again = () => void Promise.all([query.refetch(), ...(facts.isError ? [facts.refetch()] : [])]);
  const retry = { label: 'Try again', onClick: again };
  const [one, many] = ROW_WORDS[search.view];
  const title = VIEW_WORDS[search.view];

  return (
    <>
      <PageHeader
        title="Patients"
        pageTitle={`Patients, ${title}`}
        actions={<ExportButton key={list.question} list={list} />}
      >
        <SearchField
          label="Name, birth date, MRN or phone"
          value={list.typed}
          onChange={list.setTyped}
          onLeave={focusFirstRow}
        />
      </PageHeader>
      <PatientsViews search={search} />
      <div className={styles.content}>
        <div className={styles.above}>
          <PatientsFilters search={search} canSort={!fixedOrder} />
          <p className={styles.summary}>
            {/* Read out when it changes; the age beside it changes all the time and is not. */}
            <span role="status">
              {shown !== undefined && (
                <>
                  {countText(list)} {list.total === 1 ? one : many}
                  {search.view !== 'recent' &&
                    ` · ${fixedOrder ? keptOrder : `sorted by ${orderText(list.sort, search.view)}`}`}
                </>
              )}
            </span>
            {shown !== undefined && (
              <>
                {' · '}
                {list.busy ? (
                  'searching…'
                ) : (
                  <DataAge
                    at={Math.min(query.dataUpdatedAt, facts.dataUpdatedAt || Infinity)}
                    clock={(at) => clockOf(at, timeZone)}
                  />
                )}
              </>
            )}
          </p>
        </div>
        {failure !== undefined && shown === undefined ? (
          <div className={styles.failed}>
            <ErrorState title="The list could not be read." action={failure.retry ? retry : undefined}>
              {failure.detail}
            </ErrorState>
          </div>
        ) : (
          <>
            <DataTable
              caption={`Patients, ${title}`}
              columns={columns}
              rows={shown}
              rowKey={({ key }) => key}
              sort={fixedOrder || search.view === 'recent' ? undefined : sortOf(list.sort)}
              onSort={setSort}
              busy={list.busy}
              empty={<PatientsEmpty list={list} />}
              notice={
                <>
                  {failure !== undefined && (
                    <StaleBar
                      title={`Not updated since ${clockOf(query.dataUpdatedAt, timeZone)}.`}
                      action={{ label: 'Retry', onClick: retry.onClick }}
                    >
                      {failure.detail}
                    </StaleBar>
                  )}
                  {list.page?.tooMany === true && (
                    <StaleBar title="More than 100 patients answer the search.">
                      Only the first 100 by name are looked at: type more of the name.
                    </StaleBar>
                  )}
                  {facts.isError && facts.data !== undefined && (
                    <StaleBar
                      title={`Sessions, courses and alerts are those of ${clockOf(facts.dataUpdatedAt, timeZone)}.`}
                      action={{ label: 'Retry', onClick: () => void facts.refetch() }}
                    />
                  )}
                  {(context.factsFailed || (facts.data?.missing.size ?? 0) > 0) && (
                    <StaleBar
                      title="Some columns are incomplete."
                      action={{ label: 'Retry', onClick: () => void facts.refetch() }}
                    >
                      Not loaded:{' '}
                      {facts.data ? [...facts.data.missing].join(', ') : 'sessions, courses and alerts'}.
                    </StaleBar>
                  )}
                </>
              }
            />
            {shown !== undefined && (shown.length > 0 || list.onPrevious !== undefined) && (
              <Pager
                range={rangeText(list)}
                onPrevious={list.onPrevious}
                onNext={list.onNext}
                busy={list.busy}
              />
            )}
          </>
        )}
      </div>
    </>
  );
}

/** How many rows there are, as far as it is known. */
function countText({ total, range, page }: ReturnType<typeof usePatientsList>): string {
  if (total === undefined) return `${range.last} or more`;
  return page?.tooMany === true ? `at least ${total}` : String(total);
}

function sortOf(sort: PatientsSortKey): Sort {
  return { column: sort.replace('-', ''), descending: sort.startsWith('-') };
}

function clockOf(epochMs: number, timeZone: string): string {
  return clockHere(Temporal.Instant.fromEpochMilliseconds(epochMs), timeZone);
}

function rangeText({ busy, range, total }: ReturnType<typeof usePatientsList>): string {
  if (busy) return 'Reading rows…';
  return `Rows ${range.first}–${range.last}${total === undefined ? '' : ` of ${total}`}`;
}
