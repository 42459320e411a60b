import { defineConfig } from '@playwright/test';
import meetings from '../playwright.config.ts';

// The app that is visited comes out of an image.
const { globalSetup: _unneeded, ...rest } = meetings;

// A part of `npm run deploy:test`, which starts what these tests visit. Playwright takes its configuration as a default export only.
export default defineConfig<object, { engine: 'chromium' | 'firefox' }>({
  ...rest,
  testDir: '.',
  // Two servers are exchanged meanwhile, each with a start of its own.
  timeout: 300_000,
  outputDir: '../.cache/composed',
  reporter: [['list'], ['json', { outputFile: '../.cache/composed.json' }]],
  projects: [{ name: 'chromium', use: { engine: 'chromium' } }],
});
