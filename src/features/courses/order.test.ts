import { describe, expect, test } from 'vitest';
import { readingWith } from '#tests/support/reading-fixture.ts';
import { searchUrl } from '#src/fhir/search.ts';
import { KETAMINE } from '#src/fhir/codes.ts';
import { reasonOf } from '../patients/list-page.ts';
import { ordersOf, prescriptionsOf } from './order-queries.ts';
import { replacementOf, toOrder } from './order.ts';

function read(fields: Readonly<Record<string, unknown>> = {}, id = 'r1') {
  return toOrder({ resourceType: 'MedicationRequest', id, ...fields }, readingWith());
}

const dosage = (doseAndRate: readonly object[], more: object = {}) => ({
  dosageInstruction: [{ doseAndRate, ...more }],
});

describe('an order of ketamine', () => {
  test('has a dose by weight, a limit, a time and a clinician', () => {
    expect(
      read({
        status: 'active',
        medicationCodeableConcept: { coding: [KETAMINE] },
        subject: { reference: 'Patient/7' },
        authoredOn: '2026-03-01T14:00:00Z',
        requester: { reference: 'Practitioner/iyer', display: 'Dr Sunita Iyer' },
        priorPrescription: { reference: 'MedicationRequest/r0' },
        ...dosage([{ doseQuantity: { value: 0.5, unit: 'mg/kg', code: 'mg/kg' } }], {
          text: '0.5 mg/kg over 40 minutes',
          maxDosePerAdministration: { value: 60, code: 'mg' },
        }),
      }),
    ).toEqual({
      id: 'r1',
      patientId: '7',
      ketamine: true,
      drug: 'ketamine',
      dose: { value: 0.5, unit: 'mg/kg' },
      maximum: { value: 60, unit: 'mg' },
      words: '0.5 mg/kg over 40 minutes',
      status: 'active',
      orderedBy: 'Dr Sunita Iyer',
      date: '2026-03-01T14:00:00Z',
      replacesId: 'r0',
    });
  });

  test.each<[string, object, object | undefined]>([
    [
      'by the hour',
      dosage([{ rateQuantity: { value: 0.3, code: 'mg/kg/h' } }]),
      { value: 0.3, unit: 'mg/kg/h' },
    ],
    [
      'the same twice',
      dosage([
        { doseQuantity: { value: 0.5, code: 'mg/kg' } },
        { doseQuantity: { value: 0.5, code: 'mg/kg' } },
      ]),
      { value: 0.5, unit: 'mg/kg' },
    ],
    [
      'of two minds',
      dosage([
        { doseQuantity: { value: 0.5, code: 'mg/kg' } },
        { doseQuantity: { value: 5, code: 'mg/kg' } },
      ]),
      undefined,
    ],
    ['without a number', dosage([{ doseQuantity: { unit: 'mg/kg' } }]), undefined],
    ['not stated', {}, undefined],
  ])('has the dose %s', (_, fields, dose) => {
    expect(read({ ...fields }).dose).toEqual(dose);
  });

  test.each([0, -0.5])('of %d cannot be read', (value) => {
    expect(() => read(dosage([{ doseQuantity: { value, code: 'mg/kg' } }]))).toThrow(/is no dose/);
  });
});

describe('a prescription of another system', () => {
  test('is no order of ketamine, whatever it says', () => {
    const other = read({
      status: 'stopped',
      medicationCodeableConcept: { text: 'Ibuprofen 200 MG Oral Tablet' },
    });
    expect(other).toMatchObject({ ketamine: false, drug: 'Ibuprofen 200 MG Oral Tablet', dose: undefined });
    expect(read({ medicationCodeableConcept: { coding: [{ ...KETAMINE, system: 'urn:x' }] } }).ketamine).toBe(
      false,
    );
    expect(read({ medicationReference: { reference: 'Medication/1', display: 'Aspirin' } }).drug).toBe(
      'Aspirin',
    );
    expect(read()).toMatchObject({ drug: 'Drug not named', status: 'unknown' });
  });

  test('of an ill-typed dosage cannot be read', () => {
    const caught = (() => {
      try {
        return read({ dosageInstruction: 'daily' });
      } catch (error) {
        return error;
      }
    })();
    expect(reasonOf(caught)).toBe('the field dosageInstruction is not as FHIR wants it, expected array');
  });
});

test.each([
  ['active', 'active'],
  ['on-hold', 'onHold'],
  ['entered-in-error', 'mistake'],
  ['unknown', 'unknown'],
  ['constructor', 'unknown'],
])('the status %s is %s', (status, word) => {
  expect(read({ status }).status).toBe(word);
});

test('the order that took the place of another is found, unless it was a mistake', () => {
  const old = read({ status: 'stopped' });
  const next = { priorPrescription: { reference: 'MedicationRequest/r1' } };
  const mistake = read({ ...next, status: 'entered-in-error' }, 'r2');
  const right = read({ ...next, status: 'active' }, 'r3');
  expect(replacementOf(old, [old, mistake, right])?.id).toBe('r3');
  expect(replacementOf(old, [old, mistake])).toBeUndefined();
  expect(replacementOf(right, [old, mistake, right])).toBeUndefined();
});

test('orders are asked for by their drug, prescriptions by the patient alone', () => {
  const url = (request: ReturnType<typeof ordersOf>) => decodeURIComponent(searchUrl(request));
  expect(url(ordersOf('7', 100))).toBe(
    'MedicationRequest?patient=Patient/7&code=http://www.nlm.nih.gov/research/umls/rxnorm|6130&_sort=-authoredon,_id&_count=100',
  );
  expect(url(prescriptionsOf('7', 100))).toBe(
    'MedicationRequest?patient=Patient/7&_sort=-authoredon,_id&_count=100',
  );
});
