import { fileURLToPath } from 'node:url';
import type { Rolldown } from 'vite';
import { expect, it } from 'vitest';
import { pageFiles } from './page-files.ts';

const screen = (name: string) => fileURLToPath(new URL(`../src/screens/${name}`, import.meta.url));

function chunk(fileName: string, modules: string[], imports: string[] = [], styles: string[] = []) {
  const viteMetadata = { importedCss: new Set(styles) };
  return { type: 'chunk', fileName, moduleIds: modules, imports, viteMetadata };
}

const html = `<head>
    <script type="module" src="/assets/app.js"></script>
  </head><body></body>`;

const bundle = {
  'index.html': { type: 'asset', fileName: 'index.html', source: html },
  'assets/app.js': chunk('assets/app.js', ['main']),
  'assets/start.js': chunk('assets/start.js', [screen('Start.svelte')], ['assets/app.js']),
  'assets/green.js': chunk(
    'assets/green.js',
    [screen('MeetingLink.svelte')],
    ['assets/app.js', 'assets/field.js'],
    ['assets/green.css'],
  ),
  'assets/field.js': chunk('assets/field.js', ['field'], ['assets/app.js']),
  'assets/check.js': chunk('assets/check.js', [screen('Check.svelte')]),
  'assets/admin.js': chunk('assets/admin.js', [screen('Admin.svelte')]),
};

function pagesOf(given: object): Map<string, string> {
  const pages = new Map<string, string>();
  const files = structuredClone(given) as Record<string, Rolldown.OutputAsset>;
  const { generateBundle } = pageFiles() as unknown as {
    generateBundle: (this: object, options: object, files: object) => void;
  };
  const emitFile = ({ fileName, source }: { fileName: string; source: string }) =>
    pages.set(fileName, source);
  generateBundle.call({ emitFile }, {}, files);
  return pages.set('index.html', String(files['index.html']?.source));
}

const named = (page = '') => [...page.matchAll(/(?:href|src)="\/(.*?)"/g)].map(([, file]) => file);

it('names in each page what its screen begins with, each file once', () => {
  const pages = pagesOf(bundle);
  expect(named(pages.get('index.html'))).toEqual(['assets/app.js', 'assets/start.js']);
  expect(named(pages.get('meeting.html'))).toEqual([
    'assets/app.js',
    'assets/green.js',
    'assets/green.css',
    'assets/field.js',
  ]);
  expect([...pages.keys()].sort()).toEqual([
    'admin.html',
    'check.html',
    'index.html',
    'meeting.html',
  ]);
});

it('has each file asked for as the app will', () => {
  const page = pagesOf(bundle).get('meeting.html');
  expect(page).toContain('<link rel="preload" as="fetch" crossorigin href="/assets/field.js">');
  expect(page).toContain('<link rel="preload" as="style" crossorigin href="/assets/green.css">');
});

it('builds nothing where a screen has no file', () => {
  const { 'assets/admin.js': _, ...rest } = bundle;
  expect(() => pagesOf(rest)).toThrow('There is no file for the screen Admin.');
});
