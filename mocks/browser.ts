/**
 * The made-up clinic inside the browser: a service worker hands the requests of the page to it. Every tab runs its
 * own copy, and the journal keeps the copies alike.
 */
import type { ClinicConfig } from '#src/config/config.ts';
import { HttpResponse, http } from 'msw/http';
import { setupWorker } from 'msw/browser';
import { createMockClinic, isBelow, type MockClinic, PATIENTS } from './clinic-server.ts';
import { NetworkFailure } from './faults.ts';
import { browserParts } from './identity/harbor-row.ts';
import { type Journal, type JournalEntry, openJournal } from './journal.ts';
import { readOnly } from './read-only.ts';
import { isScenario } from './scenarios.ts';

const LOCK = 'mock-clinic';
const SCENARIO = 'mock-scenario';

/**
 * Starts answering for the clinic of `config`, on the clinic's day of this moment. `?scenario=` in the address, or
 * the last scenario of this tab, decides how well it answers.
 */
export async function startMockClinic(
  config: Pick<ClinicConfig, 'clinic' | 'fhirBaseUrl' | 'identity'>,
): Promise<void> {
  const { issuer, clientId } = config.identity;
  const { timeZone } = config.clinic;
  // The standalone configuration names the issuer beside index.html.
  const base = new URL('./', issuer);
  const signInPage = new URL('mocks/identity/authorize.html', base).href;
  const today = Temporal.Now.plainDateISO(timeZone);
  const addresses = { fhirBase: config.fhirBaseUrl, issuer, control: new URL('mock', base).href };
  const written: JournalEntry[] = [];
  const clinic = createMockClinic({
    addresses,
    clientId,
    today,
    timeZone,
    patients: PATIENTS,
    newId: () => crypto.randomUUID(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    pages: { authorize: signInPage, logout: `${signInPage}?page=logout` },
    onWrite: (version) => written.push({ kind: 'version', version }),
    onReset: () => written.push({ kind: 'reset' }),
    ...browserParts(),
  });
  const answer = journalled(clinic, await openJournal(`${today.toString()} ${PATIENTS}`), written);

  const scenario = new URL(location.href).searchParams.get('scenario') ?? sessionStorage.getItem(SCENARIO);
  if (isScenario(scenario)) {
    clinic.faults.scenario = scenario;
  }

  const isOurs = (url: string) =>
    Object.values(addresses).some((address) => isBelow(url.replace(/[?#].*$/s, ''), address));
  const worker = setupWorker(
    http.all(
      ({ request }) => isOurs(request.url),
      async ({ request }) => {
        try {
          const response = isBelow(request.url, issuer) ? await clinic.fetch(request) : await answer(request);
          sessionStorage.setItem(SCENARIO, clinic.faults.scenario);
          return response;
        } catch (error) {
          if (error instanceof NetworkFailure) return HttpResponse.error();
          throw error;
        }
      },
    ),
  );
  await worker.start({
    serviceWorker: { url: new URL('mockServiceWorker.js', base).href },
    onUnhandledFrame: 'bypass',
    quiet: true,
  });
}

/**
 * Answers on the state that all tabs share. A write holds the lock until it stands in the journal; a read holds it
 * only while it catches up, so that a slow answer keeps nobody waiting.
 */
function journalled(clinic: MockClinic, journal: Journal, written: JournalEntry[]): MockClinic['fetch'] {
  async function catchUp(): Promise<void> {
    for (const entry of await journal.catchUp()) {
      if (entry.kind === 'reset') clinic.reset();
      else clinic.apply(entry.version);
    }
  }
  return async (request) => {
    if (await readOnly(request)) {
      await navigator.locks.request(LOCK, { mode: 'shared' }, catchUp);
      return clinic.fetch(request);
    }
    return navigator.locks.request(LOCK, async () => {
      await catchUp();
      try {
        return await clinic.fetch(request);
      } finally {
        // A lost answer may have been written all the same.
        if (written.length > 0) await journal.append(written.splice(0));
      }
    });
  };
}
