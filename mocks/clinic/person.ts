import { randomStream, type Random } from './random.ts';
import { SITE_PATIENTS, type Story } from './stories.ts';

/** A patient before any record is written: who it is about, and where all randomness about them comes from. */
export interface Person {
  /** 1 is the first patient of the clinic. */
  readonly number: number;
  /** The site whose chairs the patient sits in; 0 is the first. */
  readonly site: number;
  /** From 0 within the site. */
  readonly place: number;
  readonly story: Story;
  /** A stream per subject (`'name'`, `'course'` …): the same for this patient in a clinic of any size. */
  random(subject: string): Random;
}

/** The person with a number, in the story that the site's cast gives. */
export function personOf(number: number, story: Story): Person {
  return {
    number,
    site: Math.floor((number - 1) / SITE_PATIENTS),
    place: (number - 1) % SITE_PATIENTS,
    story,
    random: (subject) => randomStream(`${subject}/${number}`),
  };
}

/** `patientId(7)` is `p-0007`. */
export function patientId(person: Person): string {
  return `p-${digits(person)}`;
}

/** The id of one of a patient's records: `recordId('task', person, 2)` is `task-0007-02`. */
export function recordId(kind: string, person: Person, index?: number): string {
  const base = `${kind}-${digits(person)}`;
  return index === undefined ? base : `${base}-${String(index).padStart(2, '0')}`;
}

function digits({ number }: Person): string {
  return String(number).padStart(4, '0');
}
