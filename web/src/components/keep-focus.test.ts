import { type Component, createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, FakeStream, view } from '../call/test/fakes.ts';
import { View } from '../call/view.svelte.ts';
import type { MeetingEvents } from '../connection/meeting-events.ts';
import AloneNotice from './AloneNotice.svelte';
import ConnectionBanner from './ConnectionBanner.svelte';
import HostNews from './HostNews.svelte';
import { keepFocus } from './keep-focus.ts';
import LazyPart from './LazyPart.svelte';
import MeetingHeader from './MeetingHeader.svelte';
import NoticeBar from './NoticeBar.svelte';
import ParticipantGrid from './ParticipantGrid.svelte';
import PeoplePanel from './PeoplePanel.svelte';
import ServerAnnouncement from './ServerAnnouncement.svelte';

const link = 'https://meet.example/m/a#b';
const host = view('self', { role: 'host' });
const ada = view('ada', { name: 'Ada' });
const bo = view('bo', { name: 'Bo' });
const waiting = ['cy', 'di'].map((id) => ({ id, name: id, resembles: false }));

let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let parts: object[];
let stopKeeping: () => void;

beforeEach(() => {
  vi.stubGlobal('MediaStream', FakeStream);
  Object.assign(HTMLVideoElement.prototype, {
    requestVideoFrameCallback: vi.fn(),
    cancelVideoFrameCallback: vi.fn(),
  });
  document.body.replaceChildren();
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  connection.events.emit('participants', [host, ada, bo]);
  parts = [];
  stopKeeping = keepFocus();
});
afterEach(async () => {
  stopKeeping();
  await Promise.all(parts.map((part) => unmount(part)));
  call.close();
  vi.unstubAllGlobals();
});

function show<Props extends Record<string, unknown>>(part: Component<Props>, props: Props) {
  parts.push(mount(part, { target: document.body, props }));
  flushSync();
}

function showPeople() {
  show(PeoplePanel, { call, link, onclose: vi.fn() });
}

const plain = (text: string | null | undefined) => text?.trim();

/** Reaches what is named so, as the keyboard does. */
async function focus(name: string): Promise<HTMLElement> {
  const element = await vi.waitFor(() => {
    flushSync();
    const found = [...document.querySelectorAll<HTMLElement>('button, input')].find(
      (one) => (one.getAttribute('aria-label') ?? plain(one.textContent)) === name,
    );
    if (!found) throw new Error(`there is no ${name} in ${document.body.textContent}`);
    return found;
  });
  element.focus();
  expect(document.activeElement).toBe(element);
  return element;
}

/** Waits until a heading has the focus, and says which. */
async function focused(): Promise<string | undefined> {
  flushSync();
  await vi.waitFor(() => expect(document.querySelector('h1:focus, h2:focus')).not.toBeNull());
  return plain(document.activeElement?.textContent);
}

const tell = <Name extends keyof MeetingEvents>(name: Name, content: MeetingEvents[Name]) => {
  connection.events.emit(name, content);
  flushSync();
};

it('who leaves while their menu is open leaves the focus to the panel’s heading', async () => {
  showPeople();
  (await focus('Actions for Ada')).click();
  flushSync();
  expect(document.activeElement?.getAttribute('role')).toBe('menuitem');
  tell('participants', [host, bo]);
  expect(await focused()).toBe('People');
});

it('who is let in, one after the other, too; and somebody else’s going takes the focus from nobody', async () => {
  showPeople();
  tell('door', { removed: [], denied: [], waiting });
  const button = await focus('Admit di');
  tell('door', { removed: [], denied: [], waiting: waiting.slice(1) });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(document.activeElement).toBe(button);
  tell('door', { removed: [], denied: [], waiting: [] });
  expect(await focused()).toBe('People');
});

it('who comes to stand elsewhere in a list takes the focus along', async () => {
  showPeople();
  const button = await focus('Actions for Bo');
  tell('participants', [host, ada, { ...bo, hand: 1 }]);
  await vi.waitFor(() =>
    expect(
      [...document.querySelectorAll('li bdi')].map(({ textContent }) => textContent.trim())[0],
    ).toBe('Bo'),
  );
  await vi.waitFor(() => expect(document.activeElement).toBe(button));
});

it('who looks elsewhere is not called back', async () => {
  showPeople();
  const button = await focus('Actions for Ada');
  button.blur();
  await new Promise((resolve) => setTimeout(resolve));
  tell('participants', [host, bo]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(document.activeElement).toBe(document.body);
});

describe('what takes its own button away, or goes with it, leaves the focus to the meeting’s heading', () => {
  beforeEach(() => show(MeetingHeader, { call, link, onfail: vi.fn() }));
  const onpanel = vi.fn();
  const news = () => show(HostNews, { call, panel: null, onpanel });
  const tiles = () => {
    show(ParticipantGrid, { call, view: new View() });
    document.querySelector('section')?.dispatchEvent(new Event('pointerenter'));
  };
  const press = (button: HTMLElement) => button.click();

  it.each<[what: string, begin: () => void, name: string, end: (button: HTMLElement) => void]>([
    ['a tile', tiles, 'Pin Ada', () => tell('participants', [host, bo])],
    [
      'a screen that is not shared any more',
      () => {
        tiles();
        const media = { microphone: true, camera: true, screen: true };
        tell('participants', [host, { ...ada, media }, bo]);
      },
      "Pin Ada's screen",
      () => tell('participants', [host, ada, bo]),
    ],
    [
      'a part that could not be loaded',
      () => {
        const load = vi.fn(() => Promise.resolve({ default: '' }));
        load.mockRejectedValueOnce(new Error('no line'));
        const children = createRawSnippet(() => ({ render: () => '<b></b>' }));
        show(LazyPart, { load, children });
      },
      'Try again',
      press,
    ],
    [
      'an announcement',
      () => {
        show(ServerAnnouncement, { call });
        tell('announced', 'Soon');
      },
      'Dismiss',
      press,
    ],
    [
      'the offer of a role',
      () => {
        tell('offered', true);
        news();
      },
      'Be the host',
      () => tell('offered', false),
    ],
    [
      'a role',
      () => {
        tell('participants', [{ ...host, role: 'participant' }, ada, bo]);
        tell('participants', [host, ada, bo]);
        news();
      },
      'Dismiss',
      press,
    ],
    [
      'whoever asks to speak',
      () => {
        tell('participants', [host, { ...ada, speech: 'asking' }, bo]);
        news();
      },
      'Allow Ada to speak',
      () => tell('participants', [host, ada, bo]),
    ],
    [
      'whoever knocks',
      () => {
        tell('door', { removed: [], denied: [], waiting });
        news();
      },
      'Show',
      () => tell('door', { removed: [], denied: [], waiting: [] }),
    ],
    [
      'the way to hurry',
      () => {
        show(ConnectionBanner, { call });
        tell('connection', { status: 'reconnecting', attempt: 3, silent: true });
      },
      'Try now',
      () => tell('connection', { status: 'connected', transport: 'websocket' }),
    ],
    [
      'the notice that one is alone',
      () => show(AloneNotice, { call, link }),
      'Invitation link',
      () => void unmount(parts.pop() ?? {}),
    ],
    [
      'a bar about a recording',
      () =>
        show(NoticeBar, {
          ways: [{ words: 'Stay', act: () => void unmount(parts.pop() ?? {}) }],
          children: createRawSnippet(() => ({ render: () => '<b></b>' })),
        }),
      'Stay',
      press,
    ],
  ])('%s', async (_what, begin, name, end) => {
    begin();
    end(await focus(name));
    expect(await focused()).toContain('Meeting');
  });
});
