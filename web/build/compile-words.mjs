// Compiles messages/ into src/paraglide/ unless that is newer: it checks them, and gives them types. What is served of them, and how a
// language is chosen, is another matter (word-tables.ts). A program of its own, because Paraglide leaves timers
// behind that would hold up a build for half a minute.
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';

const web = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const changedAt = (path) => statSync(web(path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const messages = readdirSync(web('messages')).map((name) => `messages/${name}`);
const sources = [...messages, 'project.inlang/settings.json', 'build/compile-words.mjs'];
if (Math.max(...sources.map(changedAt)) > changedAt('src/paraglide/messages.js')) {
  await compile({
    project: web('project.inlang'),
    outdir: web('src/paraglide'),
    strategy: ['baseLocale'],
    emitGitIgnore: false,
    emitPrettierIgnore: false,
    emitReadme: false,
    cleanOutdir: false,
  });
}
process.exit();
