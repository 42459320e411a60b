// `npm test`: on a machine that has Node alone, installs what the tests need, browsers included, and runs them all.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { countPlaywright } from './count.mjs';
import { runParts } from './parts.mjs';
import { installDependencies, requireNode, root, run } from './run.mjs';
import { runUnitTests } from './unit-tests.mjs';

requireNode();
await installDependencies();

const report = path.join(root, 'tests', '.cache', 'results.json');

async function runBrowsers(workers, ...projects) {
  rmSync(report, { force: true });
  await run('playwright', [
    'test',
    '--config=tests/playwright.config.ts',
    `--workers=${workers}`,
    // Each run empties its folder; the other's pictures of failures are to stay.
    `--output=tests/.cache/test-results/${projects[0]}`,
    ...projects.map((project) => `--project=${project}`),
  ]);
  return countPlaywright(report);
}

await runParts([
  { name: 'browsers', act: () => run('tsx', ['tests/browsers/install.ts']) },
  { name: 'relay', act: () => run('tsx', ['tests/faults/install.ts']) },
  { name: 'build', act: () => run('npm', ['run', 'build', '--silent']) },
  { name: 'unit and server tests', act: runUnitTests },
  // In one run: the first meetings go on beside the last pages.
  {
    name: 'pages and meetings in browsers',
    act: () => runBrowsers(2, 'pages', 'pages-firefox', 'chromium'),
  },
  // Media in software needs the cores: two such meetings side by side starve each other on two.
  { name: 'demanding meetings', act: () => runBrowsers(1, 'demanding') },
]);
