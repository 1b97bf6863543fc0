import { expect, test } from 'vitest';
import { searchUrl } from '#src/fhir/search.ts';
import { scoresOf } from './score-queries.ts';

test('all kinds of scores of a patient are one search, the newest first', () => {
  const url = decodeURIComponent(searchUrl(scoresOf('7', 500)));
  expect(url).toMatch(/^Observation\?patient=Patient\/7&code=http:\/\/loinc\.org\|72514-3,/);
  expect(url).toMatch(/&_sort=-date,_id&_count=500&_total=accurate$/);
  for (const code of ['pain-follow-up', 'csi-total', 'opioid-mme', 'sedation-rass', '29463-7']) {
    expect(url).toContain(`|${code}`);
  }
});
