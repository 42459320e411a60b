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

/** Where so many meet or so much is said that nothing else may run beside it. */
const crowds = ['many-people.spec.ts', 'chat-storm.spec.ts'];

// Playwright takes its configuration as a default export only.
export default defineConfig<object, { engine: 'chromium' | 'firefox' }>({
  testDir: 'specs',
  outputDir: '.cache/test-results',
  // Absolute, because the screenshots' configuration in another folder builds on this one.
  globalSetup: fileURLToPath(new URL('fixtures/built-app.ts', import.meta.url)),
  // Meetings of two and three wait more than they work. Where many meet, media in software needs the cores: see `crowds`.
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
      testIgnore: [...crowds, ...impossible],
      use: { engine: 'chromium' },
    },
    {
      // One after the other, with nothing beside it: `npm test` runs it after the others.
      name: 'crowds',
      testMatch: crowds,
      workers: 1,
      use: { engine: 'chromium' },
    },
    {
      name: 'firefox',
      testMatch: [
        'alone.spec.ts',
        'check.spec.ts',
        'chat.spec.ts',
        'keyboard.spec.ts',
        'history.spec.ts',
        'two-people.spec.ts',
      ],
      use: { engine: 'firefox' },
    },
  ],
});
