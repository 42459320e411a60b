import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { backgroundFiles } from './build/background-files.ts';
import { compiledWords } from './build/compiled-words.ts';
import { quietPeer } from './build/quiet-peer.ts';
import { compressedAssets } from './build/compressed-assets.ts';
import { drawnIcons } from './build/drawn-icons.ts';
import { licenses } from './build/licenses.ts';
import { pageFiles } from './build/page-files.ts';
import { patientImports } from './build/patient-imports.ts';
import { screenChunks } from './build/screen-chunks.ts';
import { standIns } from './build/stand-ins.ts';
import { wordTables } from './build/word-tables.ts';

const server = 'http://localhost:3001';

export default defineConfig({
  plugins: [
    compiledWords(),
    drawnIcons(),
    svelte(),
    wordTables(),
    backgroundFiles(),
    screenChunks(),
    patientImports(),
    quietPeer(),
    pageFiles(),
    licenses(),
    compressedAssets(),
  ],
  resolve: {
    alias: standIns,
    // Without this, tests would run Svelte's server half, where effects do nothing; any value set here changes a build.
    ...(process.env.VITEST === undefined ? {} : { conditions: ['browser'] }),
  },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // Says which file is which part: their names do not.
    manifest: true,
    // Every page carries the names of what it may come to fetch: short and without words in them they are 2 kB less.
    rolldownOptions: {
      output: {
        chunkFileNames: 'assets/[hash:7].js',
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith('.css'))
            ? 'assets/[hash:7][extname]'
            : 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: {
    port: 3000,
    strictPort: true,
    proxy: { '/api': server, '/socket.io': { target: server, ws: true } },
  },
  test: {
    name: 'web',
    environment: 'happy-dom',
    setupFiles: ['src/words/test/speak-english.ts'],
    include: ['src/**/*.test.ts', 'build/*.test.ts'],
  },
});
