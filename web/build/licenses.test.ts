import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { licenses } from './licenses.ts';

const modules = path.join(import.meta.dirname, '../../node_modules');

/** What is written where the build has packed these modules. */
function written(...moduleIds: string[]): string {
  let text = '';
  const { generateBundle } = licenses() as unknown as { generateBundle: (this: object) => void };
  generateBundle.call({
    getModuleIds: () => moduleIds.values(),
    emitFile: ({ source }: { source: string }) => (text = source),
  });
  return text;
}

it('passes on the licence of what the app names, workers included', () => {
  const text = written();
  for (const [name, words] of [
    ['simple-peer', 'Feross Aboukhadijeh'],
    ['@fontsource-variable/figtree', 'SIL OPEN FONT LICENSE'],
    ['mediabunny', 'Mozilla Public License'],
    ['@sapphi-red/web-noise-suppressor', 'Xiph.Org Foundation'],
    ['@shiguredo/virtual-background', 'END OF TERMS AND CONDITIONS'],
  ] as const) {
    const part = text.split('─'.repeat(80)).find((one) => one.trim().startsWith(`${name} `));
    expect(part, name).toContain(words);
  }
});

it('passes on those of what that is made of, each once, and none of our own', () => {
  const zod = path.join(modules, 'zod');
  const text = written(
    '\0virtual:background-files',
    path.join(modules, '../web/src/main.ts'),
    path.join(zod, 'v4/mini/index.js'),
    `${path.join(zod, 'v4/core/index.js')}?commonjs-entry`,
    path.join(modules, 'lib0/encoding.js'),
  );
  expect(text.match(/^zod .+ \(MIT\)/gm)).toHaveLength(1);
  expect(text).toMatch(/^lib0 /m);
  expect(text).not.toContain('@confab/');
});

it('builds nothing with a package that comes without its licence', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'confab-licenses-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const bare = path.join(folder, 'node_modules/bare');
  mkdirSync(bare, { recursive: true });
  writeFileSync(path.join(bare, 'package.json'), '{"name":"bare","version":"1.0.0"}');
  expect(() => written(path.join(bare, 'index.js'))).toThrow('bare comes without its licence');
});
