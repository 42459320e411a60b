import { expect, test, vi } from 'vitest';
import { noChatStore } from './chat-store.ts';
import type { ChatStore } from './chat-store.ts';
import { Chats } from './chats.ts';

const sent = (id: string, size = 1_000) => ({ id, sealed: 'A'.repeat(size) });
const exists = () => true;
const done = () => Promise.resolve();

test('R43 beyond the bound of all meetings the one that was quiet for longest loses its messages, not its count', async () => {
  const replace = vi.fn(done);
  const chats = await Chats.open({ ...noChatStore, replace }, exists, 4_000);
  for (const meeting of ['quiet', 'busy']) await chats.of(meeting).accept('ada', sent('1'), 0);
  await chats.of('quiet').accept('ada', sent('2'), 0);
  await chats.of('busy').accept('ada', sent('2'), 0);
  expect(chats.of('quiet').read('bo', 0)).toEqual({ messages: [], upTo: 2, more: false });
  expect(chats.of('busy').read('bo', 0).messages).toHaveLength(2);
  expect(replace).toHaveBeenCalledWith('quiet', { last: 2, messages: [] });
  expect((await chats.of('quiet').accept('ada', sent('3'), 0)).message.seq).toBe(3);
});

test('R42 the same id of the same sender is kept once, even while the first is being kept', async () => {
  const append = vi.fn(done);
  const chat = (await Chats.open({ ...noChatStore, append }, exists)).of('m');
  const [first, second] = await Promise.all([
    chat.accept('ada', sent('1'), 5),
    chat.accept('ada', sent('1'), 9),
  ]);
  const third = await chat.accept('ada', sent('1'), 12);
  expect([first.isNew, second.isNew, third.isNew]).toEqual([true, false, false]);
  expect([second.message, third.message]).toEqual([first.message, first.message]);
  expect(append).toHaveBeenCalledOnce();
  expect((await chat.accept('bo', sent('1'), 0)).isNew).toBe(true);
});

test('R42 what the store cannot keep is refused, read by nobody, and may be sent again', async () => {
  const append = vi.fn<ChatStore['append']>().mockRejectedValueOnce(new Error('full'));
  const chat = (await Chats.open({ ...noChatStore, append }, exists)).of('m');
  await expect(chat.accept('ada', sent('1'), 0)).rejects.toThrow('full');
  expect(chat.read('bo', 0).messages).toEqual([]);
  expect((await chat.accept('ada', sent('1'), 0)).isNew).toBe(true);
  expect(chat.read('bo', 0).messages).toHaveLength(1);
});

test('R41 begins with what was kept, counts on, and removes what belongs to no meeting any more', async () => {
  const message = { seq: 7, id: '1', from: 'ada', sealed: 'AAAA', at: 0 };
  const kept = { last: 9, messages: [message] };
  const remove = vi.fn<ChatStore['remove']>(done);
  const load = () =>
    Promise.resolve(
      new Map([
        ['m', kept],
        ['over', kept],
      ]),
    );
  const chats = await Chats.open({ ...noChatStore, load, remove }, (id) => id === 'm');
  expect(chats.of('m').read('bo', 0)).toEqual({ messages: [message], upTo: 9, more: false });
  expect((await chats.of('m').accept('ada', sent('2'), 0)).message.seq).toBe(10);
  expect((await chats.of('m').accept('ada', sent('1'), 0)).message).toEqual(message);
  expect(remove.mock.calls).toEqual([['over']]);
});
