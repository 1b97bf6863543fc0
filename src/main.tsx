import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { requireBrowser } from './app/browser-needs.ts';
import { loadSignInPage } from './app/LateSignInPage.tsx';
import { StartErrorPage } from './app/StartErrorPage.tsx';
import { startApplication } from './app/start.ts';
import { ConfigError, loadConfig } from './config/load-config.ts';

/** Configuration → (made-up clinic) → identity → router → screen. */
async function boot(): Promise<void> {
  const root = createRoot(document.getElementById('root') ?? document.body);
  const base = new URL(import.meta.env.BASE_URL, document.baseURI);
  try {
    requireBrowser(window);
    // Chromium has Temporal; the polyfill is fetched only where it is missing.
    if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
    // Beside the configuration, for everybody but who comes back from signing in; the page asks again if it fails.
    if (!new URL(location.href).searchParams.has('code')) loadSignInPage().catch(() => {});
    const config = await loadConfig(new URL('config.json', base), fetch);
    if (__STANDALONE__) {
      const { startMockClinic } = await import('../mocks/browser.ts');
      await startMockClinic(config);
    }
    root.render(<App application={await startApplication(config, base)} />);
  } catch (error) {
    if (error instanceof ConfigError) {
      // Where its code does not come, the other page says the same, in fewer words.
      const page = await import('./app/ConfigErrorPage.tsx').catch(() => undefined);
      if (page !== undefined) return root.render(<page.ConfigErrorPage error={error} />);
    }
    root.render(<StartErrorPage error={error} />);
    reportError(error);
  }
}

void boot();
