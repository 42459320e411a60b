import { defineConfig } from '@playwright/test';
import meetings from '../playwright.config.ts';

// `npm run endurance`: what takes minutes, and so is not among the tests. Playwright takes its configuration as a default export only.
export default defineConfig(meetings, {
  testDir: '.',
  outputDir: '../.cache/endurance',
  reporter: 'list',
  timeout: 600_000,
  projects: [{ name: 'chromium', use: { engine: 'chromium' } }],
});
