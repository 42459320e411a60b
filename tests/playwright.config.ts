import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { isFfmpegInstalled } from './browsers/installed.ts';
import { isRelayInstalled } from './faults/apart.ts';
import { canMakeNetworks } from './faults/network.ts';

/** Whoever is not root cannot unplug anybody, nor put networks and a relay between people. */
const impossible = [
  // Nothing opens what was recorded.
  ...(isFfmpegInstalled() ? [] : ['recording.spec.ts']),
  ...(canMakeNetworks() ? [] : ['recovery-networks.spec.ts']),
  ...(canMakeNetworks() && isRelayInstalled()
    ? []
    : ['relay.spec.ts', 'relay-probe.spec.ts', 'check-relays.spec.ts']),
];

/** Where nobody meets anybody, or at most briefly. */
const pages = [
  'accessibility.spec.ts',
  'alone.spec.ts',
  'check.spec.ts',
  'history.spec.ts',
  'injection.spec.ts',
  'inviting.spec.ts',
  'keyboard.spec.ts',
];

/**
 * Where much has to be computed in time: many people, large files, three encoders and a recording. Each has the cores to itself; of all others
 * two files run side by side (scripts/test.mjs).
 */
const demanding = [
  'board.spec.ts',
  'chat-storm.spec.ts',
  'files.spec.ts',
  'many-people.spec.ts',
  'noise.spec.ts',
  'recording.spec.ts',
  'recovery-firefox.spec.ts',
  'roles.spec.ts',
  'screen-sharing.spec.ts',
  'three-people.spec.ts',
  'two-people.spec.ts',
  'waiting-room.spec.ts',
];

// Playwright takes its configuration as a default export only.
export default defineConfig<object, { engine: 'chromium' | 'firefox' }>({
  testDir: 'specs',
  outputDir: '.cache/test-results',
  // Absolute, because the screenshots' configuration in another folder builds on this one.
  globalSetup: fileURLToPath(new URL('fixtures/built-app.ts', import.meta.url)),
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/results.json' }]],
  use: {
    // Without copies of the page, which cost a tenth of the time; `--trace on` has them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
  },
  projects: [
    {
      name: 'pages',
      testMatch: pages,
      use: { engine: 'chromium' },
    },
    {
      name: 'pages-firefox',
      testMatch: ['alone.spec.ts', 'check.spec.ts', 'keyboard.spec.ts', 'history.spec.ts'],
      use: { engine: 'firefox' },
    },
    {
      name: 'chromium',
      testIgnore: [...pages, ...demanding, ...impossible],
      use: { engine: 'chromium' },
    },
    {
      // Run by `npm test` after the others, so that what fails for want of cores fails last.
      name: 'demanding',
      testMatch: demanding,
      testIgnore: impossible,
      use: { engine: 'chromium' },
    },
  ],
});
