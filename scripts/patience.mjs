// For all unit and server tests: they wait until something has happened, however busy the machine is, and none says how soon.
import { vi } from 'vitest';

/** Milliseconds. Vitest would give up after one second, which two busy cores may well need for a handful of hashes. */
const PATIENCE = 60_000;

for (const name of ['waitFor', 'waitUntil']) {
  const wait = vi[name];
  vi[name] = (look, options = {}) =>
    wait(look, typeof options === 'number' ? options : { timeout: PATIENCE, ...options });
}
