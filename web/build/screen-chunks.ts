import path from 'node:path';
import type { Plugin, Rolldown } from 'vite';

const root = path.join(import.meta.dirname, '..');
const PAGE = path.join(root, 'index.html');

/** What is fetched on the way into a meeting, each after the one before. */
const STEPS = {
  page: 'src/main.ts',
  'green-room': 'src/screens/MeetingLink.svelte',
  call: 'src/call/call.svelte.ts',
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

/** Which step each module belongs to: the first that begins with it, where it is reached through that and later ones alone. */
function divide(graph: Graph): Map<string, string> {
  const stepOf = new Map<string, string>();
  const begins = Object.values(STEPS).map((file) => path.join(root, file));
  for (const [index, step] of Object.keys(STEPS).entries()) {
    const [begin = PAGE, ...later] = begins.slice(index);
    const without = reached(graph, PAGE, { fetched: true, except: [begin, ...later] });
    for (const id of reached(graph, begin, { fetched: false }))
      if (!without.has(id) && !stepOf.has(id)) stepOf.set(id, step);
  }
  return stepOf;
}

function reached(
  graph: Graph,
  from: string,
  { fetched, except = [] }: { fetched: boolean; except?: string[] },
): Set<string> {
  const found = new Set<string>();
  const visit = (id: string) => {
    if (except.includes(id) || found.has(id)) return;
    found.add(id);
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {};
    importedIds.forEach(visit);
    if (fetched) dynamicallyImportedIds.forEach(visit);
  };
  visit(from);
  return found;
}
