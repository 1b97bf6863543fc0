import * as z from 'zod/mini';

export const VIEWS = ['all', 'induction', 'maintenance', 'due', 'diagnosis', 'recent'] as const;
export type PatientsViewName = (typeof VIEWS)[number];

const filters = z.object({
  view: z.catch(z._default(z.enum(VIEWS), 'all'), 'all'),
  sort: z.catch(
    z.optional(z.enum(['name', '-name', 'born', '-born', 'progress', '-progress', 'due', '-due'])),
    undefined,
  ),
  record: z.catch(z.optional(z.enum(['inactive', 'deceased'])), undefined),
  sex: z.catch(z.optional(z.enum(['female', 'male', 'other', 'unknown'])), undefined),
  protocol: z.catch(z.optional(z.string().check(z.minLength(1))), undefined),
  course: z.catch(z.optional(z.enum(['active', 'paused'])), undefined),
  kind: z.catch(z.optional(z.enum(['maintenance', 'followUpCall'])), undefined),
  diagnosis: z.catch(z.optional(z.string().check(z.minLength(1))), undefined),
});

/**
 * The URL of the list of patients: view, filters and order. What identifies a person (the text that is searched for)
 * never stands here. A value that the list does not know is left out, so that an old link still opens, and so is an
 * order that the view does not have.
 */
export const patientsSearch = z.pipe(
  filters,
  z.transform((search: z.output<typeof filters>): z.output<typeof filters> =>
    search.sort === undefined || SORTABLE[search.view].includes(search.sort.replace('-', ''))
      ? search
      : { ...search, sort: undefined },
  ),
);

export type PatientsSearch = z.output<typeof patientsSearch>;

export type PatientsSortKey = NonNullable<PatientsSearch['sort']>;

/** What a view can be ordered by. */
export const SORTABLE: Readonly<Record<PatientsViewName, readonly string[]>> = {
  all: ['name', 'born'],
  induction: ['name', 'born', 'progress'],
  maintenance: ['name', 'born', 'progress'],
  due: ['name', 'born', 'due'],
  diagnosis: ['name', 'born'],
  recent: [],
};

/** The order of a view for which none was chosen. */
export function defaultSort(view: PatientsViewName): PatientsSortKey {
  return view === 'due' ? 'due' : 'name';
}

export const VIEW_WORDS: Readonly<Record<PatientsViewName, string>> = {
  all: 'All',
  induction: 'In induction',
  maintenance: 'In maintenance',
  due: 'Due',
  diagnosis: 'By diagnosis',
  recent: 'Recent',
};

/** What a row of a view is. */
export const ROW_WORDS: Readonly<Record<PatientsViewName, readonly [one: string, many: string]>> = {
  all: ['patient', 'patients'],
  induction: ['course', 'courses'],
  maintenance: ['course', 'courses'],
  due: ['reminder', 'reminders'],
  diagnosis: ['diagnosis', 'diagnoses'],
  recent: ['patient', 'patients'],
};

const SORT_WORDS: Readonly<Record<string, string>> = {
  name: 'name',
  born: 'birth date',
  progress: 'progress',
  due: 'due date',
};

/** An order in words: `birth date, last first`. The server orders all patients by surname alone, and that is said. */
export function orderText(sort: PatientsSortKey, view: PatientsViewName): string {
  const column = sort.replace('-', '');
  const word = view === 'all' && column === 'name' ? 'surname' : (SORT_WORDS[column] ?? column);
  return sort.startsWith('-') ? `${word}, last first` : word;
}

/** Every order that some view knows. */
export const SORT_KEYS: readonly PatientsSortKey[] = [
  'name',
  '-name',
  'born',
  '-born',
  'progress',
  '-progress',
  'due',
  '-due',
];

/** The order in which the clinic system gives a list that is too long to be ordered here. */
export const SERVER_ORDER: Readonly<Record<PatientsViewName, string>> = {
  all: 'by name',
  recent: 'last opened first',
  induction: 'latest started first',
  maintenance: 'latest started first',
  due: 'longest due first',
  diagnosis: 'last changed first',
};
