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

/** Where no picture and no sound has to get from one to another in time: two of these run side by side (scripts/test.mjs). */
const pages = [
  'accessibility.spec.ts',
  'alone.spec.ts',
  'check.spec.ts',
  'history.spec.ts',
  'injection.spec.ts',
  'inviting.spec.ts',
  'keyboard.spec.ts',
];

/** Where many meet, or much is said. */
const crowds = ['many-people.spec.ts', 'chat-storm.spec.ts'];

// Playwright takes its configuration as a default export only.
export default defineConfig<object, { engine: 'chromium' | 'firefox' }>({
  testDir: 'specs',
  outputDir: '.cache/test-results',
  // Absolute, because the screenshots' configuration in another folder builds on this one.
  globalSetup: fileURLToPath(new URL('fixtures/built-app.ts', import.meta.url)),
  // Media in software needs the cores: two meetings side by side starve each other on two.
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
      testIgnore: [...pages, ...crowds, ...impossible],
      use: { engine: 'chromium' },
    },
    {
      // Run by `npm test` after the others, so that what fails for want of cores fails last.
      name: 'crowds',
      testMatch: crowds,
      use: { engine: 'chromium' },
    },
    {
      name: 'firefox',
      testMatch: 'two-people.spec.ts',
      // A Firefox that is loaded anew, and one that goes, are in recovery-firefox.spec.ts.
      grep: /two people see and hear each other/,
      use: { engine: 'firefox' },
    },
  ],
});
