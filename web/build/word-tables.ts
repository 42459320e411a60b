import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { WordFile } from '../src/words/message.ts';
import { firstScript } from './first-script.ts';
import { messagesFile, readMessages } from './read-messages.ts';
import { divideWords, FETCHED, PART_COUNT, type WordParts } from './word-parts.ts';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const NAMESPACE = /import \* as m from ['"][./]+paraglide\/messages\.js['"];?/;
/** Serves tests all words of all languages, without a server to fetch them from. */
const ALL_WORDS = 'virtual:all-words';

/**
 * Takes the words out of the modules: what is fetched is one language's, in parts (word-parts.ts), as data. A message is called by its
 * number in them, and every `import()` of a module brings the words of it along. As Paraglide writes them, messages are functions that
 * hold the texts of all languages, in the modules that use them.
 */
export function wordTables(): Plugin {
  const languages = languagesWritten();
  const words = numberWords(languages);
  const { parts, files, numbers } = words;
  const version = hashOf(JSON.stringify([...files]));
  const nameOf = (file: string) => `assets/words/${file}-${version}.json`;
  let first: { name: string; code: string } | undefined;

  return {
    name: 'confab:word-tables',
    config: () => ({ define: { WORDS_VERSION: JSON.stringify(version) } }),
    async configResolved({ command }) {
      if (command !== 'build') return;
      const code = await firstScript(version);
      first = { name: `assets/language-${hashOf(code)}.js`, code };
    },
    configureServer(server) {
      languages.forEach((language) => server.watcher.add(messagesFile(language)));
      server.watcher.on('change', (file) => {
        if (languages.some((language) => messagesFile(language) === file)) void server.restart();
      });
      server.middlewares.use((request, response, next) => {
        const found = [...files].find(([file]) => request.url === `/${nameOf(file)}`);
        if (found === undefined) next();
        else response.setHeader('content-type', 'application/json').end(JSON.stringify(found[1]));
      });
    },
    resolveId: (id) => (id === ALL_WORDS ? `\0${ALL_WORDS}` : null),
    load: (id) =>
      id === `\0${ALL_WORDS}`
        ? `export default ${JSON.stringify(Object.fromEntries(files))};`
        : null,
    transform: {
      filter: { id: { include: /\/src\/.*\.(ts|svelte)$/, exclude: /\/paraglide\// } },
      handler(code, id) {
        const numbered = byNumber(code, numbers);
        const whole = withTheirWords(numbered, id, parts);
        return whole === code ? null : { code: whole, map: null };
      },
    },
    generateBundle() {
      if (first !== undefined)
        this.emitFile({ type: 'asset', fileName: first.name, source: first.code });
      for (const [file, content] of files)
        this.emitFile({ type: 'asset', fileName: nameOf(file), source: JSON.stringify(content) });
    },
    transformIndexHtml() {
      const attrs =
        first === undefined
          ? { type: 'module', src: '/src/words/first.ts' }
          : { src: `/${first.name}` };
      // Before the stylesheets, for which a script waits.
      return [{ tag: 'script', attrs, injectTo: 'head-prepend' }];
    },
  };
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 8);

type Numbered = { parts: WordParts; files: Map<string, WordFile>; numbers: Map<string, number> };

/** Numbers the messages so that each part's are in a row, and puts them into files called `language-part`. */
function numberWords(languages: readonly string[]): Numbered {
  const parts = divideWords();
  const keys = [...readMessages('en').keys()];
  const byPart = Array.from({ length: PART_COUNT }, (_, part) =>
    keys.filter((key) => parts.partOf(key) === part),
  );
  const numbers = new Map(byPart.flat().map((key, number) => [key, number]));
  const files = new Map<string, WordFile>();
  for (const language of languages) {
    const messages = readMessages(language);
    const english = readMessages('en');
    for (const [part, inIt] of byPart.entries())
      files.set(`${language}-${part}`, {
        from: byPart.slice(0, part).flat().length,
        messages: inIt.map((key) => messages.get(key) ?? english.get(key) ?? ''),
      });
  }
  return { parts, files, numbers };
}

function languagesWritten(): string[] {
  return readdirSync(path.dirname(messagesFile('en'))).map((file) => path.basename(file, '.json'));
}

function byNumber(code: string, numbers: Map<string, number>): string {
  if (!NAMESPACE.test(code)) return code;
  return code
    .replace(NAMESPACE, `import { word as m } from ${JSON.stringify(`${src}words/word.ts`)};`)
    .replace(
      /(?<![\w$.])m\.([a-z]\w*)(\(\s*(\))?)?/g,
      (found, key: string, called?: string, empty?: string) => {
        const number = numbers.get(key);
        if (number === undefined) return found;
        if (called === undefined) return `((inputs) => m(${number}, inputs))`;
        return empty === undefined ? `m(${number}, ` : `m(${number})`;
      },
    );
}

function withTheirWords(code: string, id: string, parts: WordParts): string {
  const whole = code.replace(FETCHED, (found, name: string) => {
    const needed = parts.neededBy(path.join(path.dirname(id), name));
    return needed === 0 ? found : `withWords(${needed}, () => ${found})`;
  });
  if (whole === code) return code;
  return `import { withWords } from ${JSON.stringify(`${src}words/spoken.svelte.ts`)};${whole}`;
}
