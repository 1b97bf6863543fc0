import * as z from 'zod/mini';

export const CHART_SECTIONS = ['overview', 'sessions', 'appointments', 'due', 'scores', 'orders'] as const;
export type ChartSectionName = (typeof CHART_SECTIONS)[number];

/** The URL of a chart: which of its sections is open. One that the chart does not know is the overview. */
export const chartSearch = z.object({
  section: z.catch(z._default(z.enum(CHART_SECTIONS), 'overview'), 'overview'),
});
