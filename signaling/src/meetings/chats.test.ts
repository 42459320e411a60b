import type { ChatMessage } from '@confab/protocol';
import { expect, test, vi } from 'vitest';
import { GroupedStore } from '../store/grouped-store.ts';
import { Memory } from '../store/memory.ts';
import { Chats } from './chats.ts';
import type { ChatRecord } from './records.ts';

const sent = (id: string, size = 1_000) => ({ id, sealed: 'A'.repeat(size) });

/** Chats on a medium, and what the medium holds once all is written. */
function chatsOn(medium = new Memory(), limit?: number) {
  const events = { onWritten: vi.fn(), onFailing: vi.fn(), onRecovered: vi.fn() };
  const store = new GroupedStore(medium, events);
  async function kept() {
    await store.close();
    const all: [string, ChatRecord][] = [];
    for await (const [key, text] of medium.read()) all.push([key, JSON.parse(text) as ChatRecord]);
    return all;
  }
  return { chats: new Chats(store, limit), store, kept };
}

async function restored(medium: Memory, limit?: number) {
  const again = chatsOn(medium, limit);
  for await (const [key, value] of again.store.read())
    again.chats.restore(key.split('/')[1] ?? '', value as ChatRecord);
  return again;
}

const placesOf = (messages: ChatMessage[]) => messages.map(({ seq }) => seq);

test('R43 beyond the bound of all meetings the one that was quiet for longest loses its messages, not its count', async () => {
  const medium = new Memory();
  const { chats, kept } = chatsOn(medium, 4_000);
  for (const meeting of ['quiet', 'busy']) await chats.of(meeting).accept('ada', sent('1'), 0);
  await chats.of('quiet').accept('ada', sent('2'), 0);
  await chats.of('busy').accept('ada', sent('2'), 0);
  const gap = { messages: [], upTo: 2, more: true };
  expect(chats.of('quiet').read('bo', 0)).toEqual(gap);
  expect(chats.of('busy').read('bo', 0).messages).toHaveLength(2);
  expect((await kept()).filter(([key]) => key.includes('quiet'))).toEqual([
    ['chat/quiet/0000000000', { v: 1, last: 2 }],
  ]);
  const again = await restored(medium);
  expect(again.chats.of('quiet').read('bo', 0)).toEqual(gap);
  expect((await again.chats.of('quiet').accept('ada', sent('3'), 0)).message.seq).toBe(3);
});

test('R42 the same id of the same sender is kept once, even while the first is being kept', async () => {
  const { chats, kept } = chatsOn();
  const chat = chats.of('m');
  const [first, second] = await Promise.all([
    chat.accept('ada', sent('1'), 5),
    chat.accept('ada', sent('1'), 9),
  ]);
  const third = await chat.accept('ada', sent('1'), 12);
  expect([first.isNew, second.isNew, third.isNew]).toEqual([true, false, false]);
  expect([second.message, third.message]).toEqual([first.message, first.message]);
  expect((await chat.accept('bo', sent('1'), 0)).isNew).toBe(true);
  expect(await kept()).toHaveLength(2);
});

test('R42 what cannot be kept is refused, read by nobody, and may be sent again', async () => {
  const medium = new Memory();
  const write = vi.spyOn(medium, 'write').mockRejectedValueOnce(new Error('full'));
  const { chats, store, kept } = chatsOn(medium);
  const chat = chats.of('m');
  await expect(chat.accept('ada', sent('1'), 0)).rejects.toThrow('could not be written');
  expect(chat.read('bo', 0).messages).toEqual([]);
  await expect.poll(() => store.isFailing, { timeout: 20_000 }).toBe(false);
  expect((await chat.accept('ada', sent('1'), 0)).isNew).toBe(true);
  expect(chat.read('bo', 0).messages).toHaveLength(1);
  expect(await kept()).toHaveLength(1);
  expect(write).toHaveBeenCalled();
});

test('R41 begins with what was kept, counts on, and knows what it had taken', async () => {
  const medium = new Memory();
  const first = chatsOn(medium);
  for (const id of ['1', '2', '3']) await first.chats.of('m').accept('ada', sent(id), 7);
  await first.kept();
  const { chats } = await restored(medium);
  expect(placesOf(chats.of('m').read('bo', 0).messages)).toEqual([1, 2, 3]);
  expect(await chats.of('m').accept('ada', sent('2'), 9)).toMatchObject({
    isNew: false,
    message: { seq: 2, at: 7 },
  });
  expect((await chats.of('m').accept('ada', sent('4'), 0)).message.seq).toBe(4);
});

test('R43 what the ring lets go is kept no longer, and the end of a meeting is the end of its chat', async () => {
  const medium = new Memory();
  const first = chatsOn(medium);
  for (let index = 0; index < 205; index++)
    await first.chats.of('m').accept('ada', sent(`${index}`, 10), 0);
  expect((await first.kept()).map(([key]) => key).slice(0, 2)).toEqual([
    'chat/m/0000000006',
    'chat/m/0000000007',
  ]);
  const second = await restored(medium);
  second.chats.keepOnly((id) => id === 'm');
  expect(placesOf(second.chats.of('m').read('bo', 204).messages)).toEqual([205]);
  expect(second.chats.of('m').read('bo', 3)).toEqual({ messages: [], upTo: 5, more: true });
  second.chats.end('m');
  expect(await second.kept()).toEqual([]);
});
