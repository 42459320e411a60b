import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
// Fetched beforehand: nothing here is about how long that takes.
import '../call/shared-files.svelte.ts';
import { takeFiles } from './attach-files.ts';
import './PreparingFiles.svelte';
import ChatPanel from './ChatPanel.svelte';

const PNG = '89504e470d0a1a0a0000000d494844520000000a0000000a0806000000';
const bytes = Uint8Array.from(PNG.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const picture = (name: string) => new File([bytes], name, { type: 'text/html' });
const revoked = vi.fn();
const waitFor = (see: () => void) => vi.waitFor(see, { timeout: 20_000 });
let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let panel: object;

const open = () => mount(ChatPanel, { target: document.body, props: { call, onclose: vi.fn() } });

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  document.body.replaceChildren();
  let made = 0;
  const createObjectURL = ({ type }: Blob) => `blob:${type}/${made++}`;
  Object.assign(URL, { createObjectURL, revokeObjectURL: revoked.mockClear() });
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada' })]);
  await call.chat.open();
  panel = open();
  flushSync();
});
afterEach(async () => {
  await unmount(panel);
  call.close();
});

function box(): HTMLTextAreaElement {
  const found = document.querySelector('textarea');
  if (!found) throw new Error('there is nowhere to write');
  return found;
}
const waiting = () => [...document.querySelectorAll('form li img')];
const remove = (name: string) =>
  document.querySelector<HTMLButtonElement>(`[aria-label="Remove ${name}"]`);
const said = () =>
  connection.chat.line.say.mock.calls.map(([body, to]) => [
    body.kind === 'file' ? body.file.name : 'text' in body ? body.text : body.kind,
    to,
  ]);

async function paste(...files: File[]) {
  const count = waiting().length;
  const event = new Event('paste', { bubbles: true, cancelable: true });
  box().dispatchEvent(Object.assign(event, { clipboardData: { files, types: ['Files'] } }));
  expect(event.defaultPrevented).toBe(true);
  await waitFor(() => {
    flushSync();
    expect(waiting()).toHaveLength(count + files.length);
  });
}

function write(text: string) {
  box().value = text;
  box().dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
}

function enter() {
  box().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  flushSync();
}

it('pictures that are pasted wait beside the words, and go out after them to whom the words go', async () => {
  await paste(picture('one.png'));
  await paste(picture('../two.png'));
  expect(connection.chat.line.say).not.toHaveBeenCalled();
  expect(waiting().map((one) => one.getAttribute('alt'))).toEqual([
    'Picture: one.png',
    'Picture: two.png',
  ]);
  // By their own first bytes, whatever was said of them.
  expect(waiting()[0]?.getAttribute('src')).toBe('blob:image/png/0');
  expect(call.announcer.text).toBe('Not sent yet: two.png');
  expect(call.chat.unsent).toBe(2);
  write('look at these');
  call.chat.opened.draft.to = 'ada';
  enter();
  await waitFor(() =>
    expect(said()).toEqual([
      ['look at these', 'ada'],
      ['one.png', 'ada'],
      ['two.png', 'ada'],
    ]),
  );
  expect(waiting()).toEqual([]);
  expect(call.chat.unsent).toBe(0);
  expect(revoked).toHaveBeenCalledTimes(2);
});

it('a picture needs no words, and can be taken away again', async () => {
  const send = document.querySelector<HTMLButtonElement>('[type=submit]');
  expect(send?.disabled).toBe(true);
  await paste(picture('one.png'), picture('two.png'));
  expect(send?.disabled).toBe(false);
  remove('one.png')?.click();
  flushSync();
  expect(document.activeElement).toBe(box());
  enter();
  await waitFor(() => expect(said()).toEqual([['two.png', null]]));
});

it('pictures are there when the chat is opened again, and while another message is changed', async () => {
  await paste(picture('one.png'));
  await unmount(panel);
  panel = open();
  flushSync();
  expect(waiting()).toHaveLength(1);
  connection.chat.line.events.emit('message', {
    ...{ seq: 1, id: 'x', from: 'self', to: null, at: 0, name: 'me', isOwn: true, isLive: true },
    ...{ incarnation: 'page', body: { kind: 'text', name: 'me', text: 'before' } },
  });
  const [entry] = call.chat.opened.entries;
  if (entry) call.chat.opened.draft.edit(entry);
  flushSync();
  write('');
  enter();
  write('after');
  enter();
  expect(said()).toEqual([['after', null]]);
  expect(waiting()).toHaveLength(1);
});

it('what is no picture is offered at once, beside one that waits', async () => {
  await takeFiles(call, [new File(['<svg/>'], 'b.png'), picture('a.png')]);
  flushSync();
  expect(waiting()).toHaveLength(1);
  expect(said()).toEqual([['b.png', null]]);
});

it('a picture that cannot be offered now waits on', async () => {
  await paste(picture('one.png'));
  const opening = vi.spyOn(call.chat.opened, 'openFiles').mockRejectedValue(new Error('no line'));
  enter();
  expect(waiting()).toEqual([]);
  await waitFor(() => {
    flushSync();
    expect(waiting()).toHaveLength(1);
  });
  opening.mockRestore();
  enter();
  await waitFor(() => expect(said()).toEqual([['one.png', null]]));
});

it('whoever it is for has left: it waits', async () => {
  call.chat.opened.draft.to = 'ada';
  connection.events.emit('participants', [view('self')]);
  flushSync();
  await paste(picture('one.png'));
  enter();
  expect(waiting()).toHaveLength(1);
  expect(said()).toEqual([]);
});
