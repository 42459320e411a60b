import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the server, which some tests start as a process of its own. */
// vitest takes a global setup as a default export only.
export default function buildServer(): void {
  const build = fileURLToPath(new URL('../build.mjs', import.meta.url));
  execFileSync(process.execPath, [build], { stdio: 'inherit' });
}
