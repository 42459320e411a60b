import { Refusal } from '@confab/protocol';
import { type Component, flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
import { HostDeeds } from './host-deeds.svelte.ts';
import HostNews from './HostNews.svelte';
import RemovedPeople from './RemovedPeople.svelte';
import WaitingPeople from './WaitingPeople.svelte';

let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let parts: object[];

beforeEach(() => {
  document.body.replaceChildren();
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  parts = [];
});
afterEach(async () => {
  await Promise.all(parts.map((part) => unmount(part)));
  call.close();
});

function show<Props extends Record<string, unknown>>(part: Component<Props>, props: Props) {
  parts.push(mount(part, { target: document.body, props }));
  flushSync();
}

const plain = (text: string | null | undefined) => text?.trim();
const words = () => plain(document.body.textContent);
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((one) => plain(one.textContent) === name);

function amI(role: 'host' | 'participant') {
  connection.events.emit('participants', [view('self', { role })]);
  flushSync();
}

function wait(...people: [id: string, resembles: boolean][]) {
  const waiting = people.map(([id, resembles]) => ({ id, name: id, resembles }));
  connection.events.emit('door', { removed: [], denied: [], waiting });
  flushSync();
}

it('R64 whoever is made a host sees it, with the way to the settings, until they have looked', () => {
  amI('participant');
  const onpanel = vi.fn();
  show(HostNews, { call, panel: null, onpanel });
  expect(call.hosting.hasNews).toBe(false);
  amI('host');
  expect(call.hosting.hasNews).toBe(true);
  expect(words()).toContain('You are a host now.');
  button('Open settings')?.click();
  flushSync();
  expect(onpanel).toHaveBeenCalledWith('settings');
  // However they are opened.
  show(HostNews, { call, panel: 'settings', onpanel });
  expect([words(), call.hosting.hasNews]).toEqual(['', false]);
});

it('R64 whoever is unmade sees it; a host who was one before they came is told nothing', () => {
  amI('host');
  show(HostNews, { call, panel: null, onpanel: vi.fn() });
  expect([words(), call.hosting.hasNews]).toEqual(['', false]);
  amI('participant');
  expect(words()).toContain('You are no host any more.');
  button('Dismiss')?.click();
  flushSync();
  expect(words()).toBe('');
});

it('R71 hosts are told of somebody who may have been removed', () => {
  amI('host');
  show(HostNews, { call, panel: null, onpanel: vi.fn() });
  wait(['Cy', true]);
  expect(words()).toContain('Cy asks to join. It may be somebody who was removed.');
  wait(['Di', false]);
  expect(words()).not.toContain('removed');
});

it('R71 all are let in at one click but those who may have been removed, and it is said', () => {
  amI('host');
  show(WaitingPeople, { call, deeds: new HostDeeds(call) });
  const note = '“Admit all” leaves out whoever may be somebody who was removed.';
  wait(['Cy', true], ['Di', false], ['Ed', false]);
  expect(words()).toContain(note);
  button('Admit all')?.click();
  expect(connection.command).toHaveBeenLastCalledWith('knock:admit', {
    participants: ['Di', 'Ed'],
  });
  wait(['Di', false]);
  expect(words()).not.toContain(note);
  expect(button('Admit all')).toBeDefined();
  wait(['Cy', true], ['Fi', true]);
  expect(button('Admit all')).toBeUndefined();
});

it('R71 all who wait are sent away at one click, whoever has gone by themselves meanwhile included', async () => {
  amI('host');
  const deeds = new HostDeeds(call);
  show(WaitingPeople, { call, deeds });
  wait(['Cy', false]);
  expect(button('Deny all')).toBeUndefined();
  wait(['Cy', true], ['Di', false], ['Ed', true]);
  connection.command.mockRejectedValueOnce(new Refusal('participant-not-found'));
  button('Deny all')?.click();
  await vi.waitFor(() => {
    expect(connection.command.mock.calls).toEqual(
      ['Cy', 'Di', 'Ed'].map((participant) => ['knock:deny', { participant }]),
    );
  });
  await vi.waitFor(() => {
    expect(plain(call.announcer.text)).toBe('Not let in: Cy, Di, and Ed.');
  });
  connection.command.mockRejectedValueOnce(new Refusal('internal'));
  button('Deny all')?.click();
  await vi.waitFor(() => {
    expect(deeds.fault).not.toBe('');
  });
});

it('R63 R71 hosts see who was removed and who was denied, and let either come again', () => {
  amI('host');
  show(RemovedPeople, { call, deeds: new HostDeeds(call) });
  expect(words()).toBe('');
  const [removed, denied] = [[{ id: 'bo', name: 'Bo' }], [{ id: 'cy', name: 'Cy' }]];
  connection.events.emit('door', { removed, denied, waiting: [] });
  flushSync();
  const lists = [...document.querySelectorAll('section')].map((one) => plain(one.textContent));
  expect(lists[0]).toMatch(/^Removed +Bo/);
  expect(lists[1]).toMatch(/^Not let in +.*same network.* Cy/);
  document.querySelector<HTMLElement>('[aria-label="Let Cy ask again"]')?.click();
  expect(connection.command).toHaveBeenLastCalledWith('participant:readmit', { participant: 'cy' });
  connection.events.emit('door', { removed: [], denied, waiting: [] });
  flushSync();
  expect(document.querySelectorAll('section')).toHaveLength(1);
});
