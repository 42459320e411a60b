import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** What runs before anything of the page is drawn (src/words/first.ts), as one classic script: a module would run after it. */
export async function firstScript(version: string): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    define: { WORDS_VERSION: JSON.stringify(version) },
    build: {
      write: false,
      target: 'es2023',
      lib: {
        entry: fileURLToPath(new URL('../src/words/first.ts', import.meta.url)),
        formats: ['iife'],
        name: 'first',
      },
    },
  })) as Rolldown.RolldownOutput[];
  const [chunk] = built[0]?.output ?? [];
  if (chunk === undefined) throw new Error('Nothing came out of src/words/first.ts.');
  return chunk.code;
}
