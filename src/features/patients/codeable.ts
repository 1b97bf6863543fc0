import * as z from 'zod/mini';

/** The parts of FHIR's datatypes that several records of a patient share. */
export const text = z.optional(z.string());
export const coding = z.object({ system: text, code: text, display: text });
export const concept = z.object({ coding: z.optional(z.array(coding)), text });
export const reference = z.object({ reference: text, display: text });

export type Concept = z.infer<typeof concept>;
export type Reference = z.infer<typeof reference>;

/** What a concept says: its text, else the first display, else the first code. */
export function conceptText(value: Concept | undefined): string | undefined {
  return value?.text ?? value?.coding?.find((one) => one.display !== undefined)?.display ?? value?.coding?.[0]?.code;
}

/** Whether a concept carries a code of a system. */
export function hasCode(value: Concept | undefined, system: string, code: string): boolean {
  return value?.coding?.some((one) => one.system === system && one.code === code) ?? false;
}

/** The id in a relative or absolute reference to a type: `Patient/1` → `1`. */
export function idIn(value: Reference | undefined, type: string): string | undefined {
  const parts = value?.reference?.split('/') ?? [];
  const at = parts.lastIndexOf(type);
  return at === -1 ? undefined : parts[at + 1];
}
