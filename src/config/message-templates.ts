/**
 * Texts that leave the clinic are read over shoulders and on lock screens: they name neither a drug, nor a diagnosis,
 * nor the kind of clinic.
 */
import { group, oneOf, text } from './config-fields.ts';

/** What a template may be filled with. */
const TEMPLATE_FIELDS = ['givenName', 'clinic', 'phone', 'date', 'time'] as const;

/** One text message; a longer one is cut into parts that may arrive apart. */
export const TEXT_MESSAGE_LENGTH = 160;

/** Beginnings of words that would give away what a patient is treated for, or with. */
const TELLING =
  /(^|[^\p{L}])(e?s?ketamin|ketalar|spravato|infus|inject|dose|drug|opioid|an(a)?esth|midazolam|pain|ache|migrain|crps|fibromyalg|neuralg|neuropath|phantom|addict|depress|anxiety|psych|mental)/iu;

/** The first telling word of a text, or undefined. */
export function tellingWord(value: string): string | undefined {
  return TELLING.exec(value)?.[2];
}

function fieldsKnown(value: string): boolean {
  return [...value.matchAll(/\{([^}]*)\}?/g)].every(([, name]) =>
    TEMPLATE_FIELDS.some((field) => field === name),
  );
}

export const messageTemplateSchema = group({
  id: text(),
  channel: oneOf(['text', 'voicemail', 'email']),
  name: text(),
  text: text(
    `a text that names no drug, diagnosis or kind of clinic; it may hold {${TEMPLATE_FIELDS.join('}, {')}}`,
    (value) => tellingWord(value) === undefined && fieldsKnown(value),
  ),
});
