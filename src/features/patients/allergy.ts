import * as z from 'zod/mini';
import type { RawResource } from '#src/fhir/resource.ts';
import {
  ALLERGY_CLINICAL,
  ALLERGY_VERIFICATION,
  NO_KNOWN_ALLERGY,
  NO_KNOWN_DRUG_ALLERGY,
} from '#src/fhir/codes.ts';
import { concept, conceptText, hasCode, localId, reference, says, text } from '#src/fhir/datatypes.ts';
import type { Reading } from './reading.ts';

/** What a patient must not be given, or the recorded statement that nothing is known. */
export interface Allergy {
  readonly patientId: string | undefined;
  readonly noneKnown: boolean;
  /** `past`: over or refuted; `mistake`: never meant. A record that says nothing of the kind is current. */
  readonly standing: 'current' | 'past' | 'mistake';
  readonly name: string;
  /** The gravest that is recorded, with all its signs. */
  readonly reaction: string | undefined;
}

/** What the records of a patient say together. */
export type AllergyState<One extends Allergy = Allergy> =
  | { readonly kind: 'known'; readonly allergies: readonly One[] }
  /** Somebody asked, and there is none; `text` in the words of the record, since "drug" may stand in them. */
  | { readonly kind: 'none'; readonly text: string }
  | { readonly kind: 'notAsked' };

const NONE_KNOWN = [NO_KNOWN_ALLERGY, NO_KNOWN_DRUG_ALLERGY];

const allergyRecord = z.object({
  patient: reference,
  clinicalStatus: z.optional(concept),
  verificationStatus: z.optional(concept),
  code: z.optional(concept),
  reaction: z.optional(z.array(z.object({ manifestation: z.optional(z.array(concept)), severity: text }))),
});

/** Reads an `AllergyIntolerance`; throws a zod error where a field has a shape that FHIR does not allow. */
export function toAllergy(resource: RawResource, { fhirBaseUrl }: Reading): Allergy {
  const record = z.parse(allergyRecord, resource);
  const none = NONE_KNOWN.find(({ system, code }) => hasCode(record.code, system, [code]));
  const name = conceptText(record.code);
  return {
    patientId: localId(record.patient, 'Patient', fhirBaseUrl),
    noneKnown: none !== undefined,
    standing: standingOf(record),
    // A statement that says no more than its code is put into words.
    name: none !== undefined && name === none.code ? none.display : (name ?? 'Allergy without a name'),
    reaction: gravest(record.reaction ?? []),
  };
}

/** By recorded severity; of several as grave the one that stands first. */
const SEVERITIES = ['mild', 'moderate', 'severe'];

function gravest(reactions: NonNullable<z.infer<typeof allergyRecord>['reaction']>): string | undefined {
  const [first] = reactions
    .map(({ manifestation = [], severity = '' }) => ({
      words: manifestation.map(conceptText).filter(says).join(', '),
      grave: SEVERITIES.indexOf(severity),
    }))
    .filter(({ words }) => words !== '')
    .toSorted((a, b) => b.grave - a.grave);
  return first?.words;
}

function standingOf({
  clinicalStatus,
  verificationStatus,
}: z.infer<typeof allergyRecord>): Allergy['standing'] {
  if (hasCode(verificationStatus, ALLERGY_VERIFICATION, ['entered-in-error'])) return 'mistake';
  return hasCode(clinicalStatus, ALLERGY_CLINICAL, ['inactive', 'resolved']) ||
    hasCode(verificationStatus, ALLERGY_VERIFICATION, ['refuted'])
    ? 'past'
    : 'current';
}

/**
 * What a patient's records say: a current allergy counts whatever else is stated; a statement that none is known counts
 * while it is current; allergies that are all over or refuted show that somebody asked, a mistake does not.
 */
export function allergyState<One extends Allergy>(records: readonly One[]): AllergyState<One> {
  const current = records.filter(({ standing }) => standing === 'current');
  const allergies = current.filter(({ noneKnown }) => !noneKnown);
  if (allergies.length > 0) return { kind: 'known', allergies };
  if (current.length > 0) {
    return { kind: 'none', text: [...new Set(current.map(({ name }) => name))].join(', ') };
  }
  return records.some(({ noneKnown, standing }) => !noneKnown && standing === 'past')
    ? { kind: 'none', text: 'No current allergies' }
    : { kind: 'notAsked' };
}
