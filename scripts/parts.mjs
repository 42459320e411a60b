// Runs the parts of a command one after the other, whatever becomes of each, and says at the end how each one went.
import { lastLine, sum } from './count.mjs';

/**
 * `parts` are `{ name, act }`; `act` resolves with an exit code, or with counts `{ passed, failed }`. Prints a table and the sum as the last line; sets the exit code.
 */
export async function runParts(parts) {
  const results = [];
  for (const { name, act } of parts) {
    console.log(`\n── ${name}`);
    const started = Date.now();
    const counts = toCounts(await act());
    results.push({ name, counts, seconds: Math.round((Date.now() - started) / 1000) });
  }
  const width = Math.max(...results.map(({ name }) => name.length));
  console.log('');
  for (const { name, counts, seconds } of results) {
    const verdict = counts.failed > 0 ? 'FAILED' : 'passed';
    console.log(`${name.padEnd(width)}  ${verdict}  ${lastLine(counts)}, ${seconds} s`);
  }
  const total = sum(results.map(({ counts }) => counts));
  console.log(lastLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function toCounts(result) {
  if (typeof result !== 'number') return result;
  return result === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
