import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Has the words of the interface compiled before anything asks for them. */
export function compiledWords(): Plugin {
  return {
    name: 'confab:compiled-words',
    config() {
      const program = fileURLToPath(new URL('./compile-words.mjs', import.meta.url));
      execFileSync(process.execPath, [program], { stdio: 'inherit' });
    },
  };
}
