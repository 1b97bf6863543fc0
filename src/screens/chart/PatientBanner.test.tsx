import type { Observation, Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { BODY_WEIGHT } from '#src/fhir/codes.ts';
import { testClinic, type TestClinic } from '#tests/support/browser-clinic.ts';
import { allergyRecord, noAllergyRecord, patientRecord } from '#tests/support/browser-records.ts';
import { renderScreen } from '#tests/support/render-screen.tsx';

/** What the banner says of a patient beside the name. */
async function bannerOf(
  patient: Patient,
  more: (clinic: TestClinic, id: string) => Promise<void> = async () => {},
) {
  const clinic = testClinic();
  const id = await clinic.create(patient);
  await more(clinic, id);
  const screen = await renderScreen({ clinic, path: `/patients/${id}` });
  const facts = screen.getByRole('group', { name: 'To know first' });
  return { screen, banner: screen.getByRole('main').getByRole('paragraph'), facts };
}

describe('who it is', () => {
  test.each<[string, Partial<Patient>, string]>([
    ['a whole birth date', {}, '4 Mar 1979 47 y'],
    ['a year of birth', { birthDate: '1950' }, '1950 75–76 y'],
    ['a birth date ahead', { birthDate: '2027-01-01' }, '1 Jan 2027'],
    ['a birth date of the dead, who age no more', { deceasedBoolean: true }, '4 Mar 1979'],
    ['the day of a death', { deceasedDateTime: '2025-06-01' }, 'deceased 1 Jun 2025'],
    ['a record that is not in use', { active: false }, 'record inactive'],
    [
      'another name to be called by',
      {
        name: [
          { family: 'Okafor', given: ['Ada'] },
          { use: 'usual', text: 'Dee' },
        ],
      },
      'called Dee',
    ],
  ])('%s', async (_, fields, text) => {
    const { banner } = await bannerOf(patientRecord('Okafor', fields));
    await expect.element(banner.getByText(text)).toBeVisible();
  });

  test('what is not recorded is said', async () => {
    const { screen, banner } = await bannerOf({ resourceType: 'Patient' });
    await expect.element(screen.getByRole('heading', { name: 'Name missing', level: 1 })).toBeVisible();
    for (const text of ['birth date missing', 'sex not recorded', 'no MRN']) {
      await expect.element(banner.getByText(text)).toBeVisible();
    }
  });

  test('a code for the sex that FHIR does not know is shown as it came', async () => {
    const { banner } = await bannerOf(patientRecord('Okafor'), async (clinic, id) =>
      clinic.spoil(`Patient/${id}`, { gender: 'intersex' }),
    );
    await expect.element(banner.getByText('intersex')).toBeVisible();
  });
});

describe('allergies', () => {
  test('that were asked for and are none', async () => {
    const { facts } = await bannerOf(patientRecord('Okafor'), async (clinic, id) => {
      await clinic.create(noAllergyRecord(id));
    });
    await expect.element(facts.getByText('No known allergy')).toBeVisible();
  });

  test('that nobody asked about', async () => {
    const { facts } = await bannerOf(patientRecord('Okafor'));
    await expect.element(facts.getByText('Allergies not asked')).toBeVisible();
  });

  test('of which none can be read are not none', async () => {
    const { screen, facts } = await bannerOf(patientRecord('Okafor'), async (clinic, id) => {
      clinic.spoil(`AllergyIntolerance/${await clinic.create(noAllergyRecord(id))}`, { code: 'none' });
    });
    await expect.element(facts.getByText('Allergies not fully read')).toBeVisible();
    for (const none of [/not asked/, /No known/, /No current/, /Nobody has asked/]) {
      await expect.element(screen.getByText(none)).not.toBeInTheDocument();
    }
  });

  test('that are recorded twice, or as markup, confuse nobody', async () => {
    const markup = '<img src=x onerror=alert(1)>';
    const { screen, facts } = await bannerOf(patientRecord('Okafor'), async (clinic, id) => {
      for (const name of ['Latex', 'Latex', markup]) await clinic.create(allergyRecord(id, name));
    });
    await expect.element(facts.getByText('Latex').first()).toBeVisible();
    await expect.element(facts.getByText(markup)).toBeVisible();
    await expect.element(screen.getByRole('img')).not.toBeInTheDocument();
  });

  test('are told with their gravest reaction, those of high risk first', async () => {
    const { facts } = await bannerOf(patientRecord('Okafor'), async (clinic, id) => {
      await clinic.create(allergyRecord(id, 'Latex', 'Hives'));
      await clinic.create({
        ...allergyRecord(id, 'Penicillin'),
        criticality: 'high',
        reaction: [
          { manifestation: [{ text: 'Rash' }], severity: 'mild' },
          { manifestation: [{ text: 'Anaphylaxis' }], severity: 'severe' },
        ],
      });
    });
    await expect.element(facts).toMatchTextContent(/Penicillin: Anaphylaxis \(high risk\).*Latex: Hives/);
  });
});

describe('the weight', () => {
  const weightRecord = (id: string, date: string, value: number, unit: string): Observation => ({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [BODY_WEIGHT] },
    subject: { reference: `Patient/${id}` },
    effectiveDateTime: date,
    valueQuantity: { value, unit },
  });

  test('of a record in pounds is in kilograms, and says how it was recorded', async () => {
    const { facts } = await bannerOf(patientRecord('Okafor'), async (clinic, id) => {
      await clinic.create(weightRecord(id, '2026-11-20', 135, 'lb'));
    });
    await expect.element(facts).toMatchTextContent(/Weight 61\.24 kg, recorded as 135 lb, 20 Nov 2026/);
  });

  test('is doubted where a newer one cannot be read', async () => {
    const { facts } = await bannerOf(patientRecord('Okafor'), async (clinic, id) => {
      await clinic.create(weightRecord(id, '2026-10-20', 61, 'kg'));
      await clinic.create(weightRecord(id, '2026-11-20', 9, 'stone'));
    });
    await expect.element(facts).toMatchTextContent(/Weight 61 kg, 20 Oct 2026 not all scores read/);
  });

  test('that nobody recorded is none, and one that cannot be read is not', async () => {
    const { facts } = await bannerOf(patientRecord('Okafor'));
    await expect.element(facts.getByText('no weight recorded')).toBeVisible();
    const other = await bannerOf(patientRecord('Adeyemi'), async (clinic, id) => {
      await clinic.create(weightRecord(id, '2026-11-20', 9, 'stone'));
    });
    await expect.element(other.facts.getByText('Weight not loaded')).toBeVisible();
  });
});
