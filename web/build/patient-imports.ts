import { fileURLToPath } from 'node:url';
import type { Plugin, ResolveModulePreloadDependenciesFn } from 'vite';

/** The module through which Vite sends every `import()` of a build, together with the files that it needs. */
const VITES_OWN = '\0vite/preload-helper.js';
const loadModule = fileURLToPath(new URL('../src/loading/load-module.ts', import.meta.url));

/**
 * Has every `import()` try again. Vite's own way asks once: where the network changes at that moment, Chromium aborts the request, and
 * a stylesheet that failed is taken for loaded from then on.
 */
export function patientImports(): Plugin {
  return {
    name: 'confab:patient-imports',
    apply: 'build',
    enforce: 'pre',
    config: () => ({
      build: { modulePreload: { polyfill: false, resolveDependencies: alsoItself } },
    }),
    load(id) {
      if (id !== VITES_OWN) return null;
      return `export { loadModule as __vitePreload } from ${JSON.stringify(loadModule)};`;
    },
  };
}

/** Vite names no files where a module needs none but its own. */
const alsoItself: ResolveModulePreloadDependenciesFn = (file, needed, { hostType }) =>
  hostType === 'html' || needed.includes(file) ? needed : [file, ...needed];
