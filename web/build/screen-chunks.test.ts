import path from 'node:path';
import { expect, it } from 'vitest';
import { screenChunks } from './screen-chunks.ts';

const file = (name: string) => path.join(import.meta.dirname, '..', name);
const page = file('index.html');
const main = file('src/main.ts');
const start = file('src/screens/Start.svelte');
const greenRoom = file('src/screens/MeetingLink.svelte');
const meeting = file('src/screens/Meeting.svelte');
const call = file('src/call/call.svelte.ts');
const connection = file('src/call/call-connection.ts');
const check = file('src/screens/Check.svelte');
const admin = file('src/screens/Admin.svelte');
const protocol = file('../protocol/src/index.ts');

/** Who imports whom, and who fetches whom when it is wanted. */
const imports: Record<string, string[]> = {
  [page]: [main],
  [main]: ['svelte'],
  [start]: ['svelte', 'field', protocol],
  [greenRoom]: ['svelte', 'field', 'preview', 'level', protocol],
  [meeting]: ['preview', 'tile', 'mark', call],
  [call]: ['chat', 'socket', 'copy', protocol],
  [connection]: ['socket', 'envelope'],
  [check]: ['level', 'socket'],
  [protocol]: ['schemas'],
  settings: ['mark', 'slider'],
  knock: ['envelope'],
  dialog: ['copy'],
};
const fetches: Record<string, string[]> = {
  [main]: [start, greenRoom, check, admin],
  [start]: ['dialog'],
  [greenRoom]: [meeting, call, connection, 'knock'],
  [meeting]: ['panel', 'settings'],
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
  expect([meeting, 'tile'].map(of)).toEqual(['meeting', 'meeting']);
});

it('puts into another what the step shares with parts fetched later, and with what is fetched beside it', () => {
  const of = group();
  expect(['chat', 'envelope'].map(of)).toEqual(Array(2).fill('meeting-shared'));
});

it('has nobody fetch more than they need because of what they share with the way into a meeting', () => {
  const of = group();
  expect(of('field')).toBe('green-room-shared-START');
  expect(of('level')).toBe('green-room-shared');
  expect(of('socket')).toBe('meeting-shared-CHECK');
  expect(of('copy')).toBe('meeting-shared-DIALOGS');
});

it('leaves out what is asked for by itself, what no step begins with, and the protocol', () => {
  const of = group();
  const left = [start, check, admin, call, connection, 'panel', 'slider', 'settings', 'knock'];
  expect([...left, 'dialog', protocol, 'schemas'].map(of)).toEqual(Array(12).fill(null));
});
