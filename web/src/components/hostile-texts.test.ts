import { type Component, createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { injections } from '../../../tests/page/injections.ts';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, FakeStream, view } from '../call/test/fakes.ts';
import { View } from '../call/view.svelte.ts';
import type { Waiting } from '../call/waiting.svelte.ts';
import { displayName } from '../connection/sealing/display-name.ts';
import WaitingRoom from '../screens/WaitingRoom.svelte';
import ChatBubble from './ChatBubble.svelte';
import ChatPanel from './ChatPanel.svelte';
import HostNews from './HostNews.svelte';
import ParticipantGrid from './ParticipantGrid.svelte';
import PassingNotices from './PassingNotices.svelte';
import PeoplePanel from './PeoplePanel.svelte';
import ServerAnnouncement from './ServerAnnouncement.svelte';

const link = 'https://meet.example/m/a#b';
const payloads = injections('https://sink.invalid/canary');

let parts: object[] = [];

beforeEach(() => {
  vi.stubGlobal('MediaStream', FakeStream);
  Object.assign(HTMLVideoElement.prototype, {
    requestVideoFrameCallback: vi.fn(),
    cancelVideoFrameCallback: vi.fn(),
  });
});
afterEach(() => vi.unstubAllGlobals());

function show<Props extends Record<string, unknown>>(part: Component<Props>, props: Props) {
  parts.push(mount(part, { target: document.body, props }));
  flushSync();
}

/** Every element of the page, with the attributes that it has. */
function elements(): string[] {
  return [...document.body.querySelectorAll('*')].map((element) => {
    const attributes = element.getAttributeNames().filter((name) => name !== 'href');
    return [element.localName, ...attributes].join(' ');
  });
}

/** What a meeting looks like in which everything that comes from others reads so. */
async function looks(textOf: (index: number) => string): Promise<string[]> {
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
  const connection = fakeConnection();
  const call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  // As a name that comes over the network: cut, and without what does not draw.
  const nameOf = (index: number) => displayName(`${index} ${textOf(index)}`);
  const people = payloads.map((_, index) =>
    view(`p${index}`, { name: nameOf(index), arrival: index + 2 }),
  );
  const host = view('self', { role: 'host' });
  connection.events.emit('participants', [host]);
  await call.chat.open();
  show(PassingNotices, { notices: call.news.notices });
  connection.events.emit('participants', [
    host,
    ...people.map((one, index) => ({ ...one, ...(index % 9 === 0 && { hand: index + 1 }) })),
  ]);
  const waiting = people.map(({ id, name }) => ({ id, name, resembles: false }));
  connection.events.emit('door', { removed: waiting, denied: waiting, waiting });
  connection.events.emit('announced', textOf(0));
  payloads.forEach((_, index) => {
    const from = `p${index}`;
    const said = { from, to: index % 2 ? 'self' : null, incarnation: `${from}’s page` };
    connection.chat.line.events.emit('typing', { participantId: from });
    connection.chat.line.events.emit('message', {
      ...{ seq: index + 1, id: 'id', at: 0, name: nameOf(index), ...said },
      ...{ isOwn: false, isLive: true },
      body: {
        ...{ kind: 'text', name: textOf(index), text: textOf(index) },
        ...(index > 0 && { replyTo: { from: `p${index - 1}`, id: 'id' } }),
      },
    });
  });
  show(ChatBubble, { call, onopen: vi.fn() });
  show(ChatPanel, { call, onclose: vi.fn() });
  show(PeoplePanel, { call, link, onclose: vi.fn() });
  show(HostNews, { call, panel: null, onpanel: vi.fn() });
  show(ServerAnnouncement, { call });
  const children = createRawSnippet(() => ({ render: () => '<i></i>' }));
  const notes = payloads.map((_, id) => ({ id, name: nameOf(id), text: textOf(id), at: 0 }));
  const stands = { isReached: true, isBusy: false, place: 1, isSingledOut: false, notes };
  const props = { waiting: stands as unknown as Waiting, children };
  show(WaitingRoom, props);
  const shown = elements();
  // A tile for each would take long.
  connection.events.emit('participants', [host, ...people.filter((_, index) => index % 9 === 0)]);
  show(ParticipantGrid, { call, view: new View() });
  const all = [...shown, ...elements()];
  await Promise.all(parts.map((part) => unmount(part)));
  parts = [];
  call.close();
  return all;
}

it('200 texts that want to be more than text make nothing that harmless ones do not, as names, messages, notes and announcements', async () => {
  expect(payloads.length).toBeGreaterThanOrEqual(200);
  const harmless = await looks((index) => `harmless ${index}`);
  const hostile = await looks((index) => payloads[index] ?? '');
  // Addresses in messages may be followed.
  const link = 'a target rel referrerpolicy dir class';
  const others = (all: string[]) => all.filter((one) => one !== link).toSorted();
  expect(harmless.length).toBeGreaterThan(payloads.length * 10);
  expect(others(hostile)).toEqual(others(harmless));
});
