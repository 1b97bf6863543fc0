import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useClinic } from '#src/config/clinic.ts';
import { FhirError } from '#src/fhir/error.ts';
import { useSignedIn } from '#src/identity/signed-in.ts';
import { patientsCounts } from './patients-query.ts';
import { VIEW_WORDS, VIEWS, type PatientsSearch } from './patients-search.ts';
import { focusPageTitle } from '#src/ui/PageHeader.tsx';
import { SaveView } from './SaveView.tsx';
import { useSavedViews } from './saved-views.ts';
import styles from './PatientsViews.module.css';

const COUNTED = ['induction', 'maintenance', 'due'] as const;

/** The views of the list as links, with the rows of those that can be counted, and the person's own views. */
export function PatientsViews({ search }: { readonly search: PatientsSearch }) {
  const clinic = useClinic();
  const counts = useQuery(patientsCounts(clinic));
  const saved = useSavedViews(useSignedIn().subject);
  const current = saved.views.find((view) => same(view.search, search));
  return (
    <nav className={styles.views} aria-label="Views of patients">
      {VIEWS.map((view) => {
        const count = counts.data?.[COUNTED.findIndex((one) => one === view)];
        return (
          <Link
            key={view}
            to="/patients"
            search={{ view }}
            activeOptions={{ exact: true }}
            className={styles.view}
            aria-current={search.view === view && current === undefined ? 'page' : undefined}
          >
            {VIEW_WORDS[view]}
            {count !== undefined && !(count instanceof FhirError) && (
              <span className={styles.count}> {count.exact ? count.value : `${count.value}+`}</span>
            )}
          </Link>
        );
      })}
      <span className={styles.divider} />
      {saved.views.map((view) => (
        <span key={view.name} className={styles.saved}>
          <Link
            to="/patients"
            search={view.search}
            activeOptions={{ exact: true }}
            className={styles.view}
            aria-current={view === current ? 'page' : undefined}
          >
            {view.name}
          </Link>
          <button
            type="button"
            className={styles.remove}
            aria-label={`Remove the view ${view.name}`}
            onClick={() => {
              saved.remove(view.name);
              // The button is gone with its view.
              focusPageTitle();
            }}
          >
            <X size={14} aria-hidden />
          </button>
        </span>
      ))}
      <SaveView onSave={(name) => saved.save({ name, search })} taken={saved.views.map(({ name }) => name)} />
    </nav>
  );
}

function same(one: PatientsSearch, other: PatientsSearch): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => Reflect.get(one, key) === Reflect.get(other, key));
}
