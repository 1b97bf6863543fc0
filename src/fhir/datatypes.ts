/** The datatypes of FHIR that records share, and what they say. */
import * as z from 'zod/mini';
import { localReference } from './local-reference.ts';

export const text = z.optional(z.string());
export const coding = z.object({ system: text, code: text, display: text });
export const concept = z.object({ coding: z.optional(z.array(coding)), text });
export const reference = z.object({ reference: text, display: text });
export const period = z.object({ start: text, end: text });

export type Concept = z.infer<typeof concept>;
export type Reference = z.infer<typeof reference>;
export type Period = z.infer<typeof period>;

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

/** The id in a reference to a type on the clinic's own server; nothing where it means another type or server. */
export function localId(value: Reference | undefined, type: string, baseUrl: string): string | undefined {
  const target = localReference(value?.reference ?? '', baseUrl);
  return target?.type === type ? target.id : undefined;
}
