import type { ContactPoint, Patient } from '#src/features/patients/patient.ts';
import { Section } from '#src/ui/Section.tsx';
import styles from './PatientDetails.module.css';

/** Contacts and preferences of a patient. */
export function PatientDetails({ patient }: { readonly patient: Patient }) {
  const facts: readonly (readonly [label: string, lines: readonly string[]])[] = [
    ['Phone', patient.phones.map(contactPoint)],
    ['Mail', patient.emails.map(contactPoint)],
    ['Address', patient.addresses],
    ['Language', patient.languages],
    [
      'Emergency contact',
      patient.contacts.map(({ name, relationship, phone }) =>
        [name || 'Name missing', relationship, phone].filter((part) => part !== '').join(', '),
      ),
    ],
  ];
  return (
    <Section title="Contact">
      <dl className={styles.facts}>
        {facts.map(([label, lines]) => (
          <div key={label} className={styles.fact}>
            <dt>{label}</dt>
            {lines.length === 0 ? (
              <dd>–</dd>
            ) : (
              lines.map((line, index) => (
                <dd key={index}>
                  <bdi>{line}</bdi>
                </dd>
              ))
            )}
          </div>
        ))}
      </dl>
    </Section>
  );
}

function contactPoint({ value, use }: ContactPoint): string {
  return use === undefined ? value : `${value} (${use})`;
}
