import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { canMakeNetworks } from './faults/network.ts';

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
      // Whoever is not root cannot unplug anybody.
      testIgnore: canMakeNetworks() ? [] : ['recovery-networks.spec.ts'],
      use: { engine: 'chromium' },
    },
    {
      name: 'firefox',
      testMatch: [
        'alone.spec.ts',
        'chat.spec.ts',
        'keyboard.spec.ts',
        'history.spec.ts',
        'two-people.spec.ts',
      ],
      use: { engine: 'firefox' },
    },
  ],
});
