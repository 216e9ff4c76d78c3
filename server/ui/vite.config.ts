import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { mockApi } from './dev/mock.ts';

/** `npm run dev` proxies to a running server; with SONDE_MOCK=1 it answers from a generated trace instead. */
export default defineConfig(() => {
  const mock = process.env['SONDE_MOCK'] === '1';
  const target = process.env['SONDE_URL'] ?? 'http://127.0.0.1:3000';
  return {
    plugins: [react(), ...(mock ? [mockApi()] : [])],
    server: { host: '127.0.0.1', proxy: mock ? undefined : { '/api': target } },
    build: {
      outDir: 'dist',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
    test: { include: ['src/**/*.test.ts'] },
  };
});
