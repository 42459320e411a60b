import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    allowOnly: false,
    // One more than vitest would take: the tests of the server wait for it more than they work.
    maxWorkers: availableParallelism(),
    projects: [
      { test: { name: 'protocol', root: 'protocol', include: ['test/**/*.test.ts'] } },
      {
        test: {
          name: 'signaling',
          root: 'signaling',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          globalSetup: fileURLToPath(new URL('signaling/test/built-server.ts', import.meta.url)),
          // Whole servers and processes on two busy cores; a test that waits for something says itself what it lacks.
          testTimeout: 120_000,
        },
      },
      { test: { name: 'scripts', root: 'scripts', include: ['test/*.test.mjs'] } },
      { test: { name: 'turn', root: 'turn', include: ['test/**/*.test.ts'] } },
      { test: { name: 'deploy', root: 'deploy', include: ['test/**/*.test.ts'] } },
      { test: { name: 'tests', root: 'tests', include: ['{sealing,faults}/*.test.ts'] } },
      { test: { name: 'bench', root: 'bench', include: ['*.test.ts'] } },
      'web/vite.config.ts',
    ],
  },
});
