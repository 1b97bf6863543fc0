import * as z from 'zod/mini';
import { SCORE_KINDS } from '#src/features/scores/score-kind.ts';

export const CHART_SECTIONS = ['overview', 'sessions', 'appointments', 'due', 'scores', 'orders'] as const;
export type ChartSectionName = (typeof CHART_SECTIONS)[number];

/**
 * The URL of a chart: which of its sections is open, which scores it shows, and the page of its list. A section that the
 * chart does not know is the overview; another value that it does not know is left out.
 */
export const chartSearch = z.object({
  section: z.catch(z._default(z.enum(CHART_SECTIONS), 'overview'), 'overview'),
  score: z.catch(z.optional(z.enum(SCORE_KINDS)), undefined),
  page: z.catch(z.optional(z.int().check(z.gte(1))), undefined),
});

export type ChartSearch = z.output<typeof chartSearch>;
