import { useNavigate } from '@tanstack/react-router';
import { useClinic } from '#src/config/clinic.ts';
import { protocolApproval, type Protocol } from '#src/config/protocol-config.ts';
import { REMINDER_WORDS } from '#src/features/reminders/reminder.ts';
import { clinicDay } from '#src/lib/time.ts';
import { Button } from '#src/ui/Button.tsx';
import { FilterSelect } from '#src/ui/FilterSelect.tsx';
import {
  defaultSort,
  SORT_KEYS,
  SORTABLE,
  orderText,
  type PatientsSearch,
  type PatientsViewName,
} from './patients-search.ts';
import styles from './PatientsFilters.module.css';

type FilterName = 'record' | 'sex' | 'protocol' | 'course' | 'kind' | 'diagnosis';

const FILTERS: Readonly<Record<PatientsViewName, readonly FilterName[]>> = {
  all: ['record', 'sex'],
  induction: ['protocol', 'course'],
  maintenance: ['protocol', 'course'],
  due: ['kind'],
  diagnosis: ['diagnosis'],
  recent: [],
};

interface PatientsFiltersProps {
  readonly search: PatientsSearch;
  /** Where the heads of the columns are out of sight, the order is chosen here. */
  readonly canSort: boolean;
}

/** The filters of a view. They live in the URL. */
export function PatientsFilters({ search, canSort }: PatientsFiltersProps) {
  const { config, now } = useClinic();
  const navigate = useNavigate({ from: '/patients/' });
  const today = clinicDay(now(), config.clinic.timeZone);
  const names = FILTERS[search.view];
  const menus: Readonly<Record<FilterName, { label: string; options: { value: string; label: string }[] }>> =
    {
      record: {
        label: 'Record',
        options: [
          { value: 'inactive', label: 'inactive' },
          { value: 'deceased', label: 'deceased' },
        ],
      },
      sex: {
        label: 'Sex',
        options: ['female', 'male', 'other', 'unknown'].map((value) => ({ value, label: value })),
      },
      protocol: {
        label: 'Protocol',
        options: config.protocols.map((one) => ({ value: one.id, label: protocolLabel(one, today) })),
      },
      course: {
        label: 'Course',
        options: [
          { value: 'active', label: 'active' },
          { value: 'paused', label: 'paused' },
        ],
      },
      kind: {
        label: 'Kind',
        options: [
          { value: 'maintenance', label: REMINDER_WORDS.maintenance },
          { value: 'followUpCall', label: REMINDER_WORDS.followUpCall },
        ],
      },
      diagnosis: {
        label: 'Diagnosis',
        options: config.codes.diagnoses.map(({ system, code, display }) => ({
          value: `${system}|${code}`,
          label: display,
        })),
      },
    };
  const set = names.filter((name) => search[name] !== undefined);
  return (
    <div className={styles.filters}>
      {names.map((name) => (
        <FilterSelect
          key={name}
          {...menus[name]}
          value={search[name]}
          anyLabel={name === 'course' ? 'active or paused' : 'any'}
          onChange={(value) =>
            // The URL's schema drops a value that it does not know.
            void navigate({
              to: '.',
              search: (before) => ({ ...before, [name]: value }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      ))}
      {SORTABLE[search.view].length > 0 && canSort && (
        <span className={styles.sort}>
          <FilterSelect
            label="Sort"
            options={sortOptions(search.view)}
            value={search.sort}
            anyLabel={orderText(defaultSort(search.view), search.view)}
            onChange={(value) =>
              void navigate({
                search: (before) => ({ ...before, sort: SORT_KEYS.find((key) => key === value) }),
                replace: true,
                resetScroll: false,
              })
            }
          />
        </span>
      )}
      {set.length > 0 && (
        <Button
          kind="quiet"
          onClick={() => void navigate({ search: { view: search.view, sort: search.sort }, replace: true })}
        >
          Clear
        </Button>
      )}
    </div>
  );
}

/** A protocol that nobody approved is shown as such. */
function protocolLabel(protocol: Protocol, today: Temporal.PlainDate): string {
  return protocolApproval(protocol, today).approved ? protocol.name : `${protocol.name} (not approved)`;
}

function sortOptions(view: PatientsViewName) {
  return SORT_KEYS.filter(
    (key) => SORTABLE[view].includes(key.replace('-', '')) && key !== defaultSort(view),
  ).map((key) => ({ value: key, label: orderText(key, view) }));
}
