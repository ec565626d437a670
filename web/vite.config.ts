import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.TELEVISIT_SERVER ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: {
      // The server answers pages of its own host only, so it has to see the browser's.
      '/log': { target: server, changeOrigin: false },
      '/api': { target: server, changeOrigin: false },
      '/socket.io': { target: server, changeOrigin: false, ws: true },
    },
  },
  build: {
    outDir: 'dist',
    // A strict Content-Security-Policy forbids data: scripts and fonts; files are cached better too.
    assetsInlineLimit: 0,
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/shared/test/setup.ts'],
    css: false,
    restoreMocks: true,
    // Asking for roles is slow without a layout, the more so on a machine that does other work.
    testTimeout: 20_000,
  },
});
