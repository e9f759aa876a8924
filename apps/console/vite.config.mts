import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: fromHere('.'),
  plugins: [react()],
  // The api puts a new nonce here in each answer, see apps/api/src/console.
  html: { cspNonce: '__CSP_NONCE__' },
  resolve: { alias: { '@app/contracts': fromHere('../../libs/contracts/src/index.ts') } },
  build: {
    outDir: fromHere('../../dist/apps/console'),
    emptyOutDir: true,
    // Inlined assets would need `data:` in more directives of the content security policy than images.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'antd', test: /node_modules\// },
          ],
        },
      },
    },
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:8080' } },
});
