import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { ChatEntry } from '../call/chat-entry.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { SharedFile } from '../call/shared-file.svelte.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
import { fileStanding } from './file-standing.ts';

const file = { name: 'a.zip', size: 10, digest: 'A' };
let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let shared: SharedFile;

beforeEach(() => {
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  adaIs({ incarnation: 'one' });
  const from = { from: 'ada', to: null, isOwn: false, name: 'Ada' };
  const entry = new ChatEntry({ id: 'id', ...from, text: 'a.zip', replyTo: null, file });
  entry.place({ seq: 1, at: 0, from: 'ada', incarnation: 'one' });
  shared = new SharedFile(entry, file);
});
afterEach(() => call.close());

function adaIs(more: Parameters<typeof view>[1]) {
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada', ...more })]);
}

const standing = () => fileStanding(call, shared);

it('what is offered can be accepted, and fetched goes on', () => {
  expect(standing().actions).toEqual(['accept', 'decline']);
  shared.become({ is: 'fetching' });
  expect(standing().actions).toEqual(['cancel']);
});

it.each(['offered', 'fetching', 'declined'] as const)(
  'R84 of somebody who has loaded their page anew, what was %s is gone',
  (is) => {
    shared.become({ is });
    adaIs({ incarnation: 'two' });
    expect(standing()).toMatchObject({ actions: [] });
    expect(standing().words).toContain('Ada no longer has this file open');
  },
);

it('what has arrived stays', () => {
  shared.become({ is: 'here', file: new Blob() });
  adaIs({ incarnation: 'two' });
  expect(standing().actions).toEqual(['save']);
});

it('R85 one’s own empty file is said to be empty, since nobody tells who has it', () => {
  const from = { from: 'self', to: null, isOwn: true, name: 'Me' };
  const empty = { ...file, size: 0 };
  const own = new ChatEntry({ id: 'own', ...from, text: '', replyTo: null, file: empty });
  shared = new SharedFile(own, empty);
  own.place({ seq: 2, at: 0, from: 'self', incarnation: 'page' });
  expect(standing()).toMatchObject({ words: 'Empty file', actions: ['cancel'] });
});

it('R84 of whoever has become another participant, one’s own file is said to be out of reach', () => {
  const from = { from: 'self', to: null, isOwn: true, name: 'Me' };
  const own = new ChatEntry({ id: 'own', ...from, text: '', replyTo: null, file });
  shared = new SharedFile(own, file);
  expect(standing()).toMatchObject({ words: '', actions: [] });
  own.place({ seq: 2, at: 0, from: 'self', incarnation: 'page' });
  expect(standing()).toMatchObject({ words: '', actions: ['cancel'] });
  own.place({ seq: 3, at: 0, from: 'former', incarnation: 'page' });
  expect(standing().words).toContain('can no longer get this file from you');
});
