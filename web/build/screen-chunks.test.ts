import path from 'node:path';
import { expect, it } from 'vitest';
import { screenChunks } from './screen-chunks.ts';

const file = (name: string) => path.join(import.meta.dirname, '..', name);
const page = file('index.html');
const main = file('src/main.ts');
const start = file('src/screens/Start.svelte');
const greenRoom = file('src/screens/MeetingLink.svelte');
const call = file('src/call/call.svelte.ts');
const meeting = file('src/screens/Meeting.svelte');

/** Who imports whom, and who fetches whom when it is wanted. */
const imports: Record<string, string[]> = {
  [page]: [main],
  [main]: ['svelte'],
  [start]: ['svelte', 'field'],
  [greenRoom]: ['svelte', 'field', 'preview'],
  [call]: ['svelte', 'announcer', 'hands'],
  [meeting]: ['preview', 'tile', 'mark', 'hands'],
  settings: ['mark', 'slider'],
  panel: ['announcer'],
};
const fetches: Record<string, string[]> = {
  [main]: [start, greenRoom],
  [start]: ['settings'],
  [greenRoom]: [meeting, call],
  [meeting]: ['panel'],
};

function group(): (id: string) => string | null {
  const { config } = screenChunks() as unknown as {
    config: () => {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: { groups: [{ name: (id: string, graph: object) => string | null }] };
          };
        };
      };
    };
  };
  const [{ name }] = config().build.rolldownOptions.output.codeSplitting.groups;
  const getModuleInfo = (id: string) => ({
    importedIds: imports[id] ?? [],
    dynamicallyImportedIds: fetches[id] ?? [],
  });
  return (id) => name(id, { getModuleInfo });
}

it('puts into one file what a step on the way into a meeting begins with', () => {
  const of = group();
  expect([main, 'svelte'].map(of)).toEqual(['page', 'page']);
  expect([greenRoom, 'preview'].map(of)).toEqual(['green-room', 'green-room']);
  expect([call, 'announcer', 'hands'].map(of)).toEqual(['call', 'call', 'call']);
  expect([meeting, 'tile'].map(of)).toEqual(['meeting', 'meeting']);
});

it('leaves out what is fetched by itself, and what another way leads to', () => {
  const of = group();
  expect([start, 'field', 'mark', 'panel', 'slider', 'settings'].map(of)).toEqual(
    Array(6).fill(null),
  );
});
