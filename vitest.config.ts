import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, chromiumPath } from './tests/support/chromium.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{src,mocks,scripts}/**/*.test.ts', 'tests/structure/**/*.test.ts'],
          setupFiles: ['tests/support/unit-setup.ts'],
        },
      },
      {
        test: {
          name: 'contract',
          environment: 'node',
          include: ['tests/contract/**/*.contract.ts'],
          setupFiles: ['tests/support/unit-setup.ts'],
          // A real server is further away than the made-up clinic.
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [react({ compiler: true })],
        define: { __STANDALONE__: 'false' },
        // Packages are bundled once for all tests, whichever run first: a package found on the way reloads the page.
        optimizeDeps: { entries: ['src/**/*.test.tsx'] },
        test: {
          name: 'browser',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['tests/support/browser-setup.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: await chromiumPath(), args: [...CHROMIUM_ARGS] },
              // Another zone than the clinic's, whatever the machine's.
              contextOptions: { timezoneId: 'UTC' },
            }),
            instances: [{ browser: 'chromium', viewport: { width: 1280, height: 800 } }],
          },
        },
      },
    ],
  },
});
