import { defineConfig } from '@playwright/test';
import meetings from '../playwright.config.ts';

// `npm run screenshot` makes the README's picture anew. Playwright takes its configuration as a default export only.
export default defineConfig(meetings, {
  testDir: '.',
  outputDir: '../.cache/screenshots',
  reporter: 'list',
  projects: [{ name: 'chromium', use: { engine: 'chromium' } }],
});
