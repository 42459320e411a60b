import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Whole servers and processes on two busy cores: how long something takes is for bench/ to say. A test that waits says itself what it lacks. */
const patient = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
  setupFiles: pathOf('scripts/patience.mjs'),
};

export default defineConfig({
  test: {
    allowOnly: false,
    // More than there are cores: the tests of the server wait for it more than they work.
    maxWorkers: availableParallelism() * 2,
    projects: [
      { test: { ...patient, name: 'protocol', root: 'protocol', include: ['test/**/*.test.ts'] } },
      {
        test: {
          ...patient,
          name: 'signaling',
          root: 'signaling',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          globalSetup: pathOf('signaling/test/built-server.ts'),
        },
      },
      { test: { ...patient, name: 'scripts', root: 'scripts', include: ['test/*.test.mjs'] } },
      { test: { ...patient, name: 'turn', root: 'turn', include: ['test/**/*.test.ts'] } },
      { test: { ...patient, name: 'deploy', root: 'deploy', include: ['test/**/*.test.ts'] } },
      {
        test: { ...patient, name: 'tests', root: 'tests', include: ['{sealing,faults}/*.test.ts'] },
      },
      { test: { ...patient, name: 'bench', root: 'bench', include: ['*.test.ts'] } },
      {
        // Knows neither a page nor words: most of what these tests take would go into making both for each file.
        test: {
          ...patient,
          name: 'web connection',
          root: 'web',
          include: ['src/connection/**/*.test.ts'],
        },
      },
      {
        extends: 'web/vite.config.ts',
        root: 'web',
        test: { ...patient, exclude: ['src/connection/**'] },
      },
    ],
  },
});
