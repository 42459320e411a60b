import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

const NAME = 'virtual:background-files';
const PACKAGE = '@shiguredo/virtual-background';

/**
 * Serves the model that tells people from rooms, whose parts ask for one another by name, from a folder of this origin; the module
 * `virtual:background-files` exports its path, which ends with a slash.
 */
export function backgroundFiles(): Plugin {
  const folder = path.dirname(createRequire(import.meta.url).resolve(PACKAGE));
  const { version } = JSON.parse(readFileSync(path.join(folder, '../package.json'), 'utf8')) as {
    version: string;
  };
  const place = `assets/virtual-background-${version}/`;
  const names = readdirSync(folder).filter((name) => name.startsWith('selfie_segmentation'));
  return {
    name: 'confab:background-files',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load: (id) => (id === `\0${NAME}` ? `export default ${JSON.stringify(`/${place}`)};` : null),
    buildStart() {
      if (this.meta.watchMode || this.environment.mode !== 'build') return;
      for (const name of names) {
        const source = readFileSync(path.join(folder, name));
        this.emitFile({ type: 'asset', fileName: `${place}${name}`, source });
      }
    },
    configureServer({ middlewares }) {
      middlewares.use(`/${place.slice(0, -1)}`, (request, response, next) => {
        const name = names.find((one) => request.url === `/${one}`);
        if (name === undefined) {
          next();
          return;
        }
        response.setHeader('content-type', types[path.extname(name)] ?? 'application/octet-stream');
        createReadStream(path.join(folder, name)).pipe(response);
      });
    },
  };
}

const types: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };
