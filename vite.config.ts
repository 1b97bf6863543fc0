import react from '@vitejs/plugin-react';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import { msw } from 'msw/vite';
import { defineConfig } from 'vite';
import { standaloneClinic } from './scripts/standalone-clinic.ts';

/**
 * Two builds of one source. `production` holds no byte of the mock clinic. Every other mode is standalone: the mock
 * clinic and its sign-in page come along, and a relative base lets any static host serve the result.
 */
export default defineConfig(({ mode, command }) => {
  const standalone = mode !== 'production';
  const input = ['index.html', 'silent-callback.html'];
  return {
    base: standalone && command === 'build' ? './' : '/',
    define: { __STANDALONE__: JSON.stringify(standalone) },
    plugins: [
      tanstackRouter({
        target: 'react',
        autoCodeSplitting: true,
        routesDirectory: 'src/routes',
        generatedRouteTree: 'src/app/route-tree.gen.ts',
        quoteStyle: 'single',
        semicolons: true,
        disableLogging: true,
      }),
      react({ compiler: true }),
      ...(standalone ? [msw({ mode: 'worker-only' }), standaloneClinic()] : []),
    ],
    build: {
      outDir: standalone ? 'dist-standalone' : 'dist',
      target: 'es2023',
      modulePreload: { polyfill: false },
      cssCodeSplit: false,
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        input: standalone ? [...input, 'mocks/identity/authorize.html'] : input,
        // Few deliberate chunks: on a slow line each request of the first list costs more than the bytes it saves.
        output: {
          codeSplitting: {
            groups: [
              {
                name: 'library',
                test: /rolldown\/runtime|node_modules\/(?!temporal-polyfill|msw|@mswjs|jose|lucide-react\/dist\/esm\/icons)/,
                priority: 2,
              },
              {
                name: 'list',
                // With all that they import, and nothing that only other screens do.
                test: /src\/(screens\/patients|routes\/patients\/index)(\/(?!.*export)|\.)/,
                priority: 1,
              },
            ],
          },
        },
      },
    },
    server: { port: 5173 },
  };
});
