import type { ReactNode } from 'react';
import { ClinicProvider, type Clinic } from '#src/config/clinic.ts';
import { parseConfig } from '#src/config/load-config.ts';
import { createFhirClient } from '#src/fhir/client.ts';
import type { RecordPart } from '#src/screens/chart/patient-record-query.ts';
import rawConfig from '#mocks/config.json' with { type: 'json' };
import { renderUi } from './browser-ui.ts';

/** A Monday morning, 10:42 at the clinic. */
const NOW = Temporal.Instant.from('2026-11-23T15:42:00Z');

/** A section of a chart alone: it is given its records, and a request of its own would fail. */
export function renderSection(section: ReactNode) {
  return renderUi(<ClinicProvider value={clinicWithoutServer()}>{section}</ClinicProvider>);
}

function clinicWithoutServer(): Clinic {
  const config = parseConfig(rawConfig, new URL('https://clinic.test/config.json'));
  const fhir = createFhirClient({
    baseUrl: config.fhirBaseUrl,
    capabilities: config.serverProfile,
    accessToken: async () => '',
    onReachable: () => {},
    fetch: async () => Promise.reject(new Error('A section asks for nothing')),
    wait: async () => {},
  });
  return { config, fhir, now: () => NOW };
}

/** A part of a record as the server answered it a moment ago; `over` says what is particular about it. */
export function partOf<Item>(items: readonly Item[], over: Partial<RecordPart<Item>> = {}): RecordPart<Item> {
  return { items, problems: [], more: false, answeredAt: NOW, failure: undefined, ...over };
}
