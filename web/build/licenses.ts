import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const PACKAGES = path.join(import.meta.dirname, '../../node_modules');

type Package = {
  name: string;
  version: string;
  license?: string;
  author?: string | { name: string };
  homepage?: string;
  dependencies?: Record<string, string>;
};

/** What packages bring with them of others, or say without the whole text: in `notices/`. */
const NOTICES: Record<string, string> = {
  '@sapphi-red/web-noise-suppressor': 'rnnoise.txt',
  '@shiguredo/virtual-background': 'virtual-background.txt',
  'err-code': 'mit.txt',
  'get-browser-rtc': 'mit.txt',
};

/** Lays `licenses.txt` beside the app: most of what it is packed from may be passed on with its licence alone. */
export function licenses(): Plugin {
  return {
    name: 'confab:licenses',
    apply: 'build',
    generateBundle() {
      // Workers are built apart; what they bring is named there, as all that is used directly.
      const { dependencies = {} } = packageIn(path.join(import.meta.dirname, '..'));
      const direct = Object.keys(dependencies).map((name) => path.join(PACKAGES, name));
      const packed = [...this.getModuleIds()].flatMap((id) => folderOf(id) ?? []);
      const own = path.join(PACKAGES, '@confab/');
      const folders = [...new Set([...direct, ...packed])].filter((one) => !one.startsWith(own));
      const source = folders
        .sort()
        .map(licenseOf)
        .join(`\n${'─'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source });
    },
  };
}

/** Of the package that a module is from; undefined where it is our own. */
function folderOf(moduleId: string): string | undefined {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/?]+)\//.exec(moduleId)?.[1];
}

function licenseOf(folder: string): string {
  const { name, version, license = 'see below', author, homepage } = packageIn(folder);
  const notice = NOTICES[name];
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = [
    ...files.map((file) => path.join(folder, file)),
    ...(notice === undefined ? [] : [path.join(import.meta.dirname, 'notices', notice)]),
  ];
  if (texts.length === 0) throw new Error(`${name} comes without its licence: add it to notices/.`);
  const said = texts.map((file) => readFileSync(file, 'utf8').trim());
  const by = typeof author === 'object' ? author.name : author;
  const of = by === undefined ? '' : `, by ${by}`;
  const heading = [`${name} ${version} (${license})${of}`, homepage].join('\n').trim();
  return `${heading}\n\n${said.join('\n\n')}\n`;
}

function packageIn(folder: string): Package {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Package;
}
