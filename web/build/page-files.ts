import { fileURLToPath } from 'node:url';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/** The screen behind each page of the app, as `App.svelte` chooses it by its address. */
const PAGES = {
  'index.html': 'Start',
  'meeting.html': 'MeetingLink',
  'check.html': 'Check',
  'admin.html': 'Admin',
};

/**
 * Writes index.html once for each page, with the files of its screen named in it: they are fetched beside the app that asks for them, and
 * not after it.
 */
export function pageFiles(): Plugin {
  return {
    name: 'confab:page-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('There is no index.html to write pages from.');
      const bare = String(page.source);
      const [head, rest] = bare.split('</head>');
      if (head === undefined || rest === undefined) throw new Error('index.html has no head.');
      for (const [fileName, screen] of Object.entries(PAGES)) {
        const links = filesOf(screen, bundle).filter((file) => !bare.includes(file));
        const source = `${head}${links.map(linkTo).join('')}</head>${rest}`;
        if (fileName === 'index.html') page.source = source;
        else this.emitFile({ type: 'asset', fileName, source });
      }
    },
  };
}

/** The scripts and stylesheets that a screen needs from the start. */
function filesOf(screen: string, bundle: Bundle): string[] {
  const id = fileURLToPath(new URL(`../src/screens/${screen}.svelte`, import.meta.url));
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const own =
    chunks.find((chunk) => chunk.facadeModuleId === id) ??
    chunks.find((chunk) => chunk.moduleIds.includes(id));
  if (own === undefined) throw new Error(`There is no file for the screen ${screen}.`);
  const files = new Set<string>();
  const visit = (name: string) => {
    const chunk = bundle[name];
    if (files.has(name) || chunk?.type !== 'chunk') return;
    files.add(name);
    chunk.viteMetadata?.importedCss.forEach((style) => files.add(style));
    chunk.imports.forEach(visit);
  };
  visit(own.fileName);
  return [...files];
}

/**
 * As `hold` asks for them (src/loading/files.ts), which finds them here then, and asks again for what did not arrive: of a stylesheet in
 * force a page cannot tell.
 */
function linkTo(file: string): string {
  const as = file.endsWith('.css') ? 'style' : 'fetch';
  return `  <link rel="preload" as="${as}" crossorigin href="/${file}">\n  `;
}
