/** How far pain is below its baseline, and whether that is a response. */

/** What floating-point arithmetic adds to or takes from a fraction at most. */
const NOISE = 1e-9;

/**
 * Relief as a fraction of the baseline: 0.3 is 30 % less pain, below 0 it is worse. Nothing where the baseline is
 * unknown or 0, which is never divided by.
 */
export function relief(baseline: number | undefined, pain: number): number | undefined {
  return baseline === undefined || !(baseline > 0) ? undefined : (baseline - pain) / baseline;
}

/** Whether relief is a response by the clinic's threshold, a fraction too. */
export function isResponse(fraction: number, threshold: number): boolean {
  return fraction >= threshold - NOISE;
}

/** Relief in per cent, for people: `29`, `−14`, and `29.6` where rounding would take it over the threshold. */
export function reliefPercent(fraction: number, threshold: number): string {
  const rounded = Math.round(fraction * 100);
  const misleads = isResponse(rounded / 100, threshold) !== isResponse(fraction, threshold);
  const shown = misleads ? nearestOnSameSide(fraction, threshold) : String(rounded);
  return shown.replace(/^-0$/, '0').replace('-', '−');
}

/** With as many decimals as it takes to stay on the threshold's side. */
function nearestOnSameSide(fraction: number, threshold: number): string {
  for (let decimals = 1; decimals < 6; decimals += 1) {
    const text = (fraction * 100).toFixed(decimals);
    if (isResponse(Number(text) / 100, threshold) === isResponse(fraction, threshold)) return text;
  }
  return String(fraction * 100);
}
