import { fileURLToPath } from 'node:url';
import type { Plugin, ResolveModulePreloadDependenciesFn, Rolldown } from 'vite';

type OutputBundle = Rolldown.OutputBundle;

/** The module through which Vite sends every `import()` of a build, together with the files that it needs. */
const VITES_OWN = '\0vite/preload-helper.js';
const loadModule = fileURLToPath(new URL('../src/loading/load-module.ts', import.meta.url));

/**
 * Has every `import()` try again. Vite's own way asks once: where the network changes at that moment, Chromium aborts the request, and
 * a stylesheet that failed is taken for loaded from then on.
 */
export function patientImports(): Plugin {
  let bundle: OutputBundle = {};
  /** Vite names no files where a module needs none but its own, and names those too that already run with whoever imports it. */
  const stillNeeded: ResolveModulePreloadDependenciesFn = (file, needed, { hostId, hostType }) => {
    if (hostType === 'html') return needed;
    const running = runningWith(hostId, bundle);
    return [...new Set([file, ...needed])].filter((one) => !running.has(one));
  };
  return {
    name: 'confab:patient-imports',
    apply: 'build',
    enforce: 'pre',
    config: () => ({
      build: { modulePreload: { polyfill: false, resolveDependencies: stillNeeded } },
    }),
    load(id) {
      if (id !== VITES_OWN) return null;
      return `export { loadModule as __vitePreload } from ${JSON.stringify(loadModule)};`;
    },
    generateBundle(_options, written) {
      bundle = written;
    },
  };
}

/** The scripts without which `file` would not run: itself, and what it imports from the start. */
function runningWith(file: string, bundle: OutputBundle, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const chunk = bundle[file];
  if (chunk?.type === 'chunk') for (const one of chunk.imports) runningWith(one, bundle, known);
  return known;
}
