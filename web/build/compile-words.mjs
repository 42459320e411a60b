// Compiles messages/ into src/paraglide/ unless that is newer. A program of its own, because Paraglide leaves timers
// behind that would hold up a build for half a minute.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';

const web = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const changedAt = (path) => statSync(web(path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const sources = ['messages/en.json', 'project.inlang/settings.json', 'build/compile-words.mjs'];
if (Math.max(...sources.map(changedAt)) > changedAt('src/paraglide/messages.js')) {
  await compile({
    project: web('project.inlang'),
    outdir: web('src/paraglide'),
    // One language so far, chosen by nothing that a visitor sends.
    strategy: ['baseLocale'],
    emitGitIgnore: false,
    emitPrettierIgnore: false,
    emitReadme: false,
    cleanOutdir: false,
  });
}
process.exit();
