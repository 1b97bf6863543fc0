/** The FHIR R4 client: what to ask is the caller's, how this server wants to be asked is settled here. */
import type { ServerCapabilities } from './profile.ts';
import { createReader, type FhirReader } from './reading.ts';
import { createTransport, type TransportOptions } from './transport.ts';
import { createWriter, type FhirWriter } from './writing.ts';

export interface FhirClientOptions extends TransportOptions {
  readonly capabilities: ServerCapabilities;
}

/** Every method rejects with a FhirError, or with the signal's reason once that is aborted. */
export interface FhirClient extends FhirReader, FhirWriter {
  readonly capabilities: ServerCapabilities;
}

export function createFhirClient(options: FhirClientOptions): FhirClient {
  const { capabilities } = options;
  const transport = createTransport(options);
  const reader = createReader(transport, capabilities);
  return { capabilities, ...reader, ...createWriter(transport, capabilities, reader) };
}
