import 'temporal-polyfill/global';
import { listen, type Listening } from '../../mocks/listen.ts';

/** The moment at which journeys and pictures take place: a Monday morning, 10:42 at the clinic. */
export const NOW = Temporal.Instant.from('2026-11-23T15:42:00Z');

/** A mock clinic on a free port, its clock standing at `NOW`. */
export function clinicOfTheDay(patients?: number): Promise<Listening> {
  return listen({ port: 0, now: () => NOW, ...(patients !== undefined && { patients }) });
}
