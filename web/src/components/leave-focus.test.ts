import { type Component, flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, FakeStream, view } from '../call/test/fakes.ts';
import { View } from '../call/view.svelte.ts';
import MeetingHeader from './MeetingHeader.svelte';
import ParticipantGrid from './ParticipantGrid.svelte';
import PeoplePanel from './PeoplePanel.svelte';

const link = 'https://meet.example/m/a#b';
const host = view('self', { role: 'host' });
const ada = view('ada', { name: 'Ada' });
const bo = view('bo', { name: 'Bo' });
const waiting = ['cy', 'di'].map((id) => ({ id, name: id, resembles: false }));

let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let parts: object[];

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
});
afterEach(async () => {
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

/** Reaches what is named so, as the keyboard does. */
async function focus(name: string): Promise<HTMLElement> {
  const element = await vi.waitFor(() => {
    const found = document.querySelector<HTMLElement>(`[aria-label="${name}"]`);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  });
  element.focus();
  expect(document.activeElement).toBe(element);
  return element;
}

/** The heading that has the focus. */
const focused = () => document.querySelector('h1:focus, h2:focus')?.textContent.trim();

it('who leaves while their menu is open leaves the focus to the panel’s heading', async () => {
  showPeople();
  (await focus('Actions for Ada')).click();
  flushSync();
  expect(document.activeElement?.getAttribute('role')).toBe('menuitem');
  connection.events.emit('participants', [host, bo]);
  flushSync();
  expect(focused()).toBe('People');
});

it('who is let in, one after the other, too; and somebody else’s going takes the focus from nobody', async () => {
  showPeople();
  connection.events.emit('door', { removed: [], denied: [], waiting });
  flushSync();
  await focus('Admit di');
  connection.events.emit('door', { removed: [], denied: [], waiting: waiting.slice(1) });
  flushSync();
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Admit di');
  connection.events.emit('door', { removed: [], denied: [], waiting: [] });
  flushSync();
  expect(focused()).toBe('People');
});

it('a tile that goes while one is at its buttons leaves the focus to the meeting’s heading', async () => {
  show(MeetingHeader, { call, link, onfail: vi.fn() });
  show(ParticipantGrid, { call, view: new View() });
  document.querySelector('section')?.dispatchEvent(new Event('pointerenter'));
  await focus('Pin Ada');
  connection.events.emit('participants', [host, bo]);
  flushSync();
  expect(focused()).toContain('Meeting');
});

it('a screen that is not shared any more does so too', async () => {
  show(MeetingHeader, { call, link, onfail: vi.fn() });
  show(ParticipantGrid, { call, view: new View() });
  document.querySelector('section')?.dispatchEvent(new Event('pointerenter'));
  const media = { microphone: true, camera: true, screen: true };
  connection.events.emit('participants', [host, { ...ada, media }, bo]);
  flushSync();
  await focus("Pin Ada's screen");
  connection.events.emit('participants', [host, ada, bo]);
  flushSync();
  expect(focused()).toContain('Meeting');
});

it('who looks elsewhere is not called back', async () => {
  showPeople();
  const button = await focus('Actions for Ada');
  button.blur();
  await new Promise((resolve) => setTimeout(resolve));
  connection.events.emit('participants', [host, bo]);
  flushSync();
  expect(document.activeElement).toBe(document.body);
});
