import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
import { saveChat } from './chat-export.ts';

let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let saved: Blob | null;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
  saved = null;
  Object.assign(URL, {
    createObjectURL: (file: Blob) => ((saved = file), 'blob:file'),
    revokeObjectURL: vi.fn(),
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada' })]);
  await call.chat.open();
});
afterEach(() => {
  call.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function hear(seq: number, from: string, text: string, replyTo?: { from: string; id: string }) {
  const signed = from === 'self' ? 'Bo' : 'Ada';
  connection.chat.line.events.emit('message', {
    ...{ seq, id: `${seq}`, from, to: null, at: seq, name: signed, isOwn: from === 'self' },
    ...{ isLive: true, incarnation: from },
    body: { kind: 'text', name: signed, text, ...(replyTo && { replyTo }) },
  });
}

/** What comes behind the time, line by line. */
async function lines(): Promise<string[]> {
  saveChat(call);
  const text = (await saved?.text()) ?? '';
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\[[^\]]*\] /, ''));
}

it('says by name who wrote what, and who the reader is', async () => {
  hear(1, 'ada', 'Agreed?');
  hear(2, 'self', 'Agreed');
  expect(await lines()).toEqual(['Ada: Agreed?', 'Bo (you): Agreed']);
});

it('says what an answer is for, in a line that passes for nobody’s', async () => {
  hear(1, 'self', `one\ntwo ${'👋'.repeat(100)}`);
  hear(2, 'ada', 'yes', { from: 'self', id: '1' });
  hear(3, 'ada', 'no', { from: 'self', id: 'gone' });
  expect((await lines()).slice(2)).toEqual([
    `Ada: ↳ Bo (you): one two ${'👋'.repeat(72)}…`,
    '    yes',
    expect.stringMatching(/^Ada: ↳ /),
    '    no',
  ]);
});
