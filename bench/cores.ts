import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The two sides of a measurement that must not take processor time from each other. */
export type Side = 'server' | 'load';

/**
 * The command that runs `command` on the one core of its side, where the system can pin processes (Linux with taskset and at
 * least two cores); elsewhere the command as it is.
 */
export function pinned(side: Side, command: string[]): string[] {
  const core = cores?.[side];
  return core === undefined ? command : ['taskset', '-c', String(core), ...command];
}

/** Says in words whether server and load are kept apart. */
export function pinning(): string {
  return cores
    ? `server on core ${cores.server}, load on core ${cores.load}`
    : 'server and load share the processor';
}

const cores = findCores();

function findCores(): Record<Side, number> | null {
  if (process.platform !== 'linux') return null;
  if (spawnSync('taskset', ['--version']).status !== 0) return null;
  const allowed = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'));
  const [server, load] = expand(allowed?.[1] ?? '');
  return server === undefined || load === undefined ? null : { server, load };
}

/** `0-2,5` → 0, 1, 2, 5 */
function expand(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
