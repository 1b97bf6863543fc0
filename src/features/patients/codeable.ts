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
  const codings = value?.coding ?? [];
  return [value?.text, ...codings.map(({ display }) => display), ...codings.map(({ code }) => code)].find(
    says,
  );
}

/** Whether a text is there and says something. */
export function says(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value.trim() !== '';
}

/** Whether a concept carries one of the codes of a system. */
export function hasCode(value: Concept | undefined, system: string, codes: readonly string[]): boolean {
  return value?.coding?.some((one) => one.system === system && codes.includes(one.code ?? '')) ?? false;
}

/** The id in a relative or absolute reference to a type: `Patient/1` → `1`. */
export function idIn(value: Reference | undefined, type: string): string | undefined {
  const parts = value?.reference?.split('/') ?? [];
  const at = parts.lastIndexOf(type);
  return (at !== -1 && parts[at + 1]) || undefined;
}
