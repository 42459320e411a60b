import path from 'node:path';
import type { Plugin, Rolldown } from 'vite';

const root = path.join(import.meta.dirname, '..');
const PAGE = path.join(root, 'index.html');
/** Names all there is of the protocol. What of it is really needed, and by whom, only the bundler knows. */
const PROTOCOL = path.join(root, '../protocol/src/index.ts');

const START = reachedFrom('src/screens/Start.svelte', { fetched: false });
/** What comes with the start page when something on it is opened. */
const DIALOGS = reachedFrom('src/screens/Start.svelte', { fetched: true });
const CHECK = reachedFrom('src/screens/Check.svelte', { fetched: true });
const ADMIN = reachedFrom('src/screens/Admin.svelte', { fetched: true });

type Step = {
  screen: string;
  beside: readonly string[];
  apart: Record<string, (graph: Graph) => Set<string>>;
};

/**
 * What is fetched on the way into a meeting, each step after the one before: a screen, and what is asked for beside it. And who is not to
 * fetch more of it than they need: for the few kilobytes of a green room that is the start page alone.
 */
const STEPS: Record<string, Step> = {
  page: { screen: inWeb('src/main.ts'), beside: [], apart: {} },
  'green-room': { screen: inWeb('src/screens/MeetingLink.svelte'), beside: [], apart: { START } },
  meeting: {
    screen: inWeb('src/screens/Meeting.svelte'),
    beside: [inWeb('src/call/call.svelte.ts'), inWeb('src/call/call-connection.ts')],
    apart: { START, DIALOGS, CHECK, ADMIN },
  },
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

/**
 * Which file each module belongs to: that of the first step that begins with it, where it is reached through that step alone; else one
 * that the step shares with whoever reaches it besides.
 */
function divide(graph: Graph): Map<string, string> {
  const fileOf = new Map<string, string>();
  for (const [step, { screen, beside, apart }] of Object.entries(STEPS)) {
    const without = reached(graph, [PAGE], { fetched: true, except: screen });
    const others = Object.entries(apart).map(([name, theirs]) => [name, theirs(graph)] as const);
    for (const id of reached(graph, [screen, ...beside], { fetched: false })) {
      // What is asked for beside the screen is asked for by itself, too, and stays a file of its own.
      if (fileOf.has(id) || beside.includes(id)) continue;
      const sharers = others.filter(([, theirs]) => theirs.has(id)).map(([name]) => name);
      fileOf.set(id, without.has(id) ? [step, 'shared', ...sharers].join('-') : step);
    }
  }
  return fileOf;
}

function reachedFrom(file: string, { fetched }: { fetched: boolean }) {
  return (graph: Graph) => reached(graph, [inWeb(file)], { fetched });
}

function reached(
  graph: Graph,
  begins: readonly string[],
  { fetched, except }: { fetched: boolean; except?: string },
): Set<string> {
  const found = new Set<string>();
  const visit = (id: string) => {
    if (id === PROTOCOL || id === except || found.has(id)) return;
    found.add(id);
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {};
    importedIds.forEach(visit);
    if (fetched) dynamicallyImportedIds.forEach(visit);
  };
  begins.forEach(visit);
  return found;
}

function inWeb(file: string): string {
  return path.join(root, file);
}
