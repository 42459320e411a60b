import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { compiledWords } from './build/compiled-words.ts';
import { compressedAssets } from './build/compressed-assets.ts';

const server = 'http://localhost:3001';

export default defineConfig({
  plugins: [compiledWords(), svelte(), compressedAssets()],
  resolve: {
    // As published, simple-peer asks for Node's modules, which a browser has not; its own bundle brings them.
    alias: [{ find: /^simple-peer$/, replacement: 'simple-peer/simplepeer.min.js' }],
    // Without this, tests would run Svelte's server half, where effects do nothing; any value set here changes a build.
    ...(process.env.VITEST === undefined ? {} : { conditions: ['browser'] }),
  },
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    port: 3000,
    strictPort: true,
    proxy: { '/api': server, '/socket.io': { target: server, ws: true } },
  },
  test: {
    name: 'web',
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
  },
});
