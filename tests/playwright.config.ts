import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { isRelayInstalled } from './faults/apart.ts';
import { canMakeNetworks } from './faults/network.ts';

/** Whoever is not root cannot unplug anybody, nor put networks and a relay between people. */
const impossible = [
  ...(canMakeNetworks() ? [] : ['recovery-networks.spec.ts']),
  ...(canMakeNetworks() && isRelayInstalled()
    ? []
    : ['relay.spec.ts', 'relay-probe.spec.ts', 'check-relays.spec.ts']),
];

/** Where many meet, or much is said: each takes all the cores there are. */
const crowds = ['many-people.spec.ts', 'chat-storm.spec.ts'];

/** Where something breaks or is in the way: these wait more than they work. */
const faults = ['recovery-*.spec.ts', 'relay*.spec.ts', 'check-*.spec.ts', 'networks.spec.ts'];

// Playwright takes its configuration as a default export only.
export default defineConfig<object, { engine: 'chromium' | 'firefox' }>({
  testDir: 'specs',
  outputDir: '.cache/test-results',
  // Absolute, because the screenshots' configuration in another folder builds on this one.
  globalSetup: fileURLToPath(new URL('fixtures/built-app.ts', import.meta.url)),
  // Media in software needs the cores: two meetings that begin side by side starve each other on two. So each project has one
  // worker, and only a project that waits goes on beside another.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/results.json' }]],
  use: {
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true },
    screenshot: 'only-on-failure',
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
  },
  projects: [
    {
      name: 'chromium',
      workers: 1,
      testIgnore: [...crowds, ...faults],
      use: { engine: 'chromium' },
    },
    {
      name: 'faults',
      workers: 1,
      testMatch: faults,
      testIgnore: impossible,
      use: { engine: 'chromium' },
    },
    {
      // Run by `npm test` after the others, so that what fails for want of cores fails last.
      name: 'crowds',
      workers: 1,
      testMatch: crowds,
      use: { engine: 'chromium' },
    },
    {
      name: 'firefox',
      workers: 1,
      testMatch: [
        'alone.spec.ts',
        'check.spec.ts',
        'chat.spec.ts',
        'keyboard.spec.ts',
        'history.spec.ts',
        'loading.spec.ts',
        'two-people.spec.ts',
      ],
      use: { engine: 'firefox' },
    },
  ],
});
