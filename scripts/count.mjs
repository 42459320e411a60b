// Reads how many tests passed and failed from what the runners wrote, so that commands can end in one line.
import { existsSync, readFileSync } from 'node:fs';

/** Of vitest's JSON reporter. A file that could not even be loaded counts as one failure, and so does a runner that ran nothing. A skipped test proves nothing: it counts as failed. */
export function countVitest(file) {
  const report = read(file);
  if (!report) return NOTHING_RAN;
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  return counted(report.numPassedTests, report.numFailedTests + skipped + unloadable);
}

/** Of Playwright's JSON reporter. Errors outside any test count as failures; retried successes would too. */
export function countPlaywright(file) {
  const report = read(file);
  if (!report) return NOTHING_RAN;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return counted(expected, unexpected + flaky + skipped + report.errors.length);
}

export function sum(counts) {
  return counts.reduce(
    (total, { passed, failed }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
    }),
    { passed: 0, failed: 0 },
  );
}

/** The last line of every command that checks or tests. */
export function lastLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}

const NOTHING_RAN = { passed: 0, failed: 1 };

function counted(passed, failed) {
  return passed + failed === 0 ? NOTHING_RAN : { passed, failed };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}
