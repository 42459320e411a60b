import path from 'node:path';
import type { Plugin, Rolldown } from 'vite';

const root = path.join(import.meta.dirname, '..');
const PAGE = path.join(root, 'index.html');

/** What is fetched on the way into a meeting, each after the one before. */
const STEPS = {
  page: 'src/main.ts',
  'green-room': 'src/screens/MeetingLink.svelte',
  meeting: 'src/screens/Meeting.svelte',
};

type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>;

/**
 * Puts what only one step on the way into a meeting begins with into one file. Left to itself, the bundler makes a file of all that some
 * set of screens have in common: dozens of small ones, each a request, and worse to compress than one.
 */
export function screenChunks(): Plugin {
  let stepOf: Map<string, string> | undefined;
  return {
    name: 'confab:screen-chunks',
    apply: 'build',
    buildStart: () => (stepOf = undefined),
    config: () => ({
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              includeDependenciesRecursively: false,
              groups: [
                { name: (id: string, graph: Graph) => (stepOf ??= divide(graph)).get(id) ?? null },
              ],
            },
          },
        },
      },
    }),
  };
}

/** Which step each module belongs to: one that begins with it, and through which alone it is reached. */
function divide(graph: Graph): Map<string, string> {
  const stepOf = new Map<string, string>();
  for (const [step, file] of Object.entries(STEPS)) {
    const begin = path.join(root, file);
    const without = reached(graph, PAGE, { fetched: true, except: begin });
    for (const id of reached(graph, begin, { fetched: false }))
      if (!without.has(id)) stepOf.set(id, step);
  }
  return stepOf;
}

function reached(
  graph: Graph,
  from: string,
  { fetched, except }: { fetched: boolean; except?: string },
): Set<string> {
  const found = new Set<string>();
  const visit = (id: string) => {
    if (id === except || found.has(id)) return;
    found.add(id);
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {};
    importedIds.forEach(visit);
    if (fetched) dynamicallyImportedIds.forEach(visit);
  };
  visit(from);
  return found;
}
