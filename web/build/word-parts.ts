import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** The parts in which a language's words are fetched, each with the modules that begin it; whatever else needs words is in the last but one. */
const PARTS: readonly (readonly string[])[] = [
  ['main.ts', 'screens/Start.svelte'],
  ['screens/MeetingLink.svelte', 'screens/Meeting.svelte', 'call/call.svelte.ts'],
  [],
  ['screens/Check.svelte', 'screens/Admin.svelte', 'components/EmojiPicker.svelte'],
];
const PANELS = PARTS.length - 2;

export const PART_COUNT = PARTS.length;

/** How a module names messages: by a namespace that is called `m` everywhere. */
const NAMED = /(?<![\w$.])m\.([a-z]\w*)/g;

/** How a module asks for another one when it needs it. */
export const FETCHED = /(?<![\w$.])import\(\s*['"](\.[^'"]+)['"]\s*\)/g;

const IMPORTED = /(?<=^|\n)\s*(?:import|export)(?! type\b)[^;'"]*['"](\.[^'"]+)['"]/g;

type Source = { keys: readonly string[]; imports: readonly string[]; fetches: readonly string[] };

/** Which part each message is in, and which parts a module needs. */
export type WordParts = {
  partOf: (key: string) => number;
  /** For a module's path: one bit for each part that it, or what it imports, has words in. */
  neededBy: (file: string) => number;
};

/** Reads all modules of the app, and divides the messages by who needs them first. */
export function divideWords(): WordParts {
  const sources = readSources();
  const reach = (files: readonly string[]) => keysReached(sources, files);
  const begun = new Set(PARTS.flat().map((file) => path.join(src, file)));
  const fetched = [...sources.values()].flatMap(({ fetches }) => fetches);
  const roots = PARTS.map((files, part) =>
    part === PANELS
      ? fetched.filter((file) => !begun.has(file))
      : files.map((file) => path.join(src, file)),
  );
  const parts = new Map<string, number>();
  for (const [part, files] of roots.entries())
    for (const key of reach(files)) if (!parts.has(key)) parts.set(key, part);
  const partOf = (key: string) => parts.get(key) ?? PANELS;
  return {
    partOf,
    neededBy: (file) => reach([file]).reduce((bits, key) => bits | (1 << partOf(key)), 0),
  };
}

function readSources(): Map<string, Source> {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /(?<!\.test)\.(ts|svelte)$/.test(file) && !file.startsWith('paraglide'),
  );
  return new Map(
    files.map((file) => {
      const code = readFileSync(path.join(src, file), 'utf8');
      const beside = (pattern: RegExp) =>
        [...code.matchAll(pattern)].map(([, name = '']) =>
          path.join(src, path.dirname(file), name),
        );
      const keys = code.includes('paraglide/messages.js')
        ? [...code.matchAll(NAMED)].map(([, key = '']) => key)
        : [];
      return [path.join(src, file), { keys, imports: beside(IMPORTED), fetches: beside(FETCHED) }];
    }),
  );
}

function keysReached(sources: Map<string, Source>, files: readonly string[]): string[] {
  const reached = new Set<string>();
  const keys = new Set<string>();
  const visit = (file: string) => {
    const source = sources.get(file);
    if (source === undefined || reached.has(file)) return;
    reached.add(file);
    source.keys.forEach((key) => keys.add(key));
    source.imports.forEach(visit);
  };
  files.forEach(visit);
  return [...keys];
}
