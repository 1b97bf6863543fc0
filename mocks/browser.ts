/**
 * The made-up clinic inside the browser: a service worker hands the requests of the page to it. Every tab runs its
 * own copy, and the journal keeps the copies alike.
 */
import type { ClinicConfig } from '#src/config/config.ts';
import { HttpResponse, http } from 'msw/http';
import { setupWorker } from 'msw/browser';
import { wishesIn } from './address-wishes.ts';
import { createMockClinic, isBelow, type MockClinic, PATIENTS } from './clinic-server.ts';
import { NetworkFailure } from './faults.ts';
import { browserParts } from './identity/harbor-row.ts';
import { type Journal, type JournalEntry, openJournal } from './journal.ts';
import type { Laying } from './laying.ts';
import { realTime, setPageClock } from './page-clock.ts';
import { readOnly } from './read-only.ts';
import { isScenario } from './scenarios.ts';
import { firstLaying } from './shared-laying.ts';

const LOCK = 'mock-clinic';
const OPEN_TAB = 'mock-clinic-tab';
const SCENARIO = 'mock-scenario';
const GRANTED = 'mock-wishes';
const LAID = new BroadcastChannel('mock-clinic-laid');

/**
 * Starts answering for the clinic of `config`. `?scenario=` in the address, or the last scenario of this tab, decides
 * how well it answers; `?clock=` sets the clock. Day and clock are those of all tabs, and stay over a reload.
 */
export async function startMockClinic(
  config: Pick<ClinicConfig, 'clinic' | 'fhirBaseUrl' | 'identity'>,
): Promise<void> {
  const { issuer, clientId } = config.identity;
  const { timeZone } = config.clinic;
  // The standalone configuration names the issuer beside index.html.
  const base = new URL('./', issuer);
  const signInPage = new URL('mocks/identity/authorize.html', base).href;
  const addresses = { fhirBase: config.fhirBaseUrl, issuer, control: new URL('mock', base).href };
  const query = askedQuery();
  const wishes = wishesIn(query, timeZone);
  const ungranted = sessionStorage.getItem(GRANTED) === query ? {} : wishes;
  const journal = await openJournal(String(PATIENTS));
  const { laying, entries } = await navigator.locks.request(LOCK, async () =>
    firstLaying(journal, {
      wishes: ungranted,
      alone: await isAlone(),
      real: realTime(),
      timeZone,
    }),
  );
  setPageClock(laying);
  const written: JournalEntry[] = [];
  const clinic = createMockClinic({
    addresses,
    clientId,
    laying,
    lazy: true,
    timeZone,
    patients: PATIENTS,
    newId: () => crypto.randomUUID(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    pages: { authorize: signInPage, logout: `${signInPage}?page=logout` },
    onWrite: (version) => written.push({ kind: 'version', version }),
    onLaid: (next) => written.push({ kind: 'laid', laying: next }),
    notice: wishes.notice,
    ...browserParts(),
    now: realTime,
  });
  for (const entry of entries) if (entry.kind === 'version') clinic.apply(entry.version);
  const answer = journalled(clinic, laying, journal, written);

  const scenario = ungranted.scenario ?? sessionStorage.getItem(SCENARIO) ?? wishes.scenario;
  if (isScenario(scenario)) clinic.faults.scenario = scenario;
  sessionStorage.setItem(GRANTED, query);

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
 * The query in which wishes stand: that of the address, or, on the way back from the sign-in, of the address that was
 * left for it. They stay there over a reload, and are granted once: not again over what was chosen since.
 */
function askedQuery(): string {
  const comesBack = new URLSearchParams(location.search).has('state');
  return comesBack ? (sessionStorage.getItem(GRANTED) ?? '') : location.search;
}

/** Whether no other tab has the clinic open; from now on this one has. */
async function isAlone(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  void navigator.locks.request(OPEN_TAB, { mode: 'shared' }, () => new Promise(() => {}));
  return !held.some(({ name }) => name === OPEN_TAB);
}

/**
 * Answers on the state that all tabs share. A write holds the lock until it stands in the journal; a read holds it
 * only while it catches up, so that a slow answer keeps nobody waiting.
 */
function journalled(
  clinic: MockClinic,
  first: Laying,
  journal: Journal,
  written: JournalEntry[],
): MockClinic['fetch'] {
  /** Another day or another clock is another page. */
  const follow = (laying: Laying) => {
    if (JSON.stringify([laying.day, laying.clock]) !== JSON.stringify([first.day, first.clock])) {
      location.reload();
    }
  };
  async function catchUp(): Promise<void> {
    for (const entry of await journal.catchUp()) {
      if (entry.kind === 'laid') {
        clinic.lay(entry.laying);
        follow(entry.laying);
      } else clinic.apply(entry.version);
    }
  }
  const catchUpAlone = () => navigator.locks.request(LOCK, { mode: 'shared' }, catchUp);
  LAID.addEventListener('message', () => void catchUpAlone());
  return async (request) => {
    if (await readOnly(request)) {
      await catchUpAlone();
      return clinic.fetch(request);
    }
    return navigator.locks.request(LOCK, async () => {
      await catchUp();
      try {
        return await clinic.fetch(request);
      } finally {
        // A lost answer may have been written all the same.
        const made = written.splice(0);
        if (made.length > 0) await journal.append(made);
        if (made.some(({ kind }) => kind === 'laid')) LAID.postMessage('laid');
      }
    });
  };
}
