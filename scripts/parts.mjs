// Runs the parts of a command, whatever becomes of each, and says at the end how each one went.
import { lastLine, sum } from './count.mjs';
import { heldBack } from './run.mjs';

/**
 * Each of `lanes` is a list of parts, `{ name, act }`, that run one after the other; the lanes run side by side. `act` resolves with an exit code, or
 * with counts `{ passed, failed }`. The last lane writes as it goes, the others part by part. Prints a table and the sum as the last line; sets
 * the exit code.
 */
export async function runParts(...lanes) {
  const inFront = lanes.length - 1;
  const results = await Promise.all(
    lanes.map((parts, lane) => runLane(parts, lane === inFront ? (act) => act() : heldBack)),
  );
  report(results.flat());
}

async function runLane(parts, through) {
  const results = [];
  for (const { name, act } of parts) {
    const started = Date.now();
    if (through !== heldBack) console.log(`\n── ${name}`);
    const outcome = await through(act);
    if (through === heldBack) console.log(`── ${name}\n`);
    const seconds = Math.round((Date.now() - started) / 1000);
    results.push({ name, counts: toCounts(outcome), seconds });
  }
  return results;
}

function report(results) {
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
