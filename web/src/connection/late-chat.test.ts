import { expect, test, vi } from 'vitest';
import type { ChatMessage } from '@confab/protocol';
import type { ChatEvents } from './chat-connection.ts';
import { LateChat } from './late-chat.ts';
import { ChatServer, chatter } from './test/chat-server.ts';
import { ManualClock } from './test/manual-clock.ts';
import { meetingId, person, secret } from './test/sealed-people.ts';

/** Somebody whose chat nobody has opened, with what they were told since it was. */
async function latecomer(server: ChatServer, byte: number) {
  const { self, sealer } = await person(byte, byte);
  const client = server.clientOf(self.participantId);
  const chat = new LateChat({
    ...{ secret, meetingId, name: `Person ${byte}`, clock: new ManualClock() },
    onRefused: vi.fn(),
  });
  const said: ChatMessage[] = [];
  chat.events.on('said', (message) => said.push(message));
  const heard: ChatEvents['message'][] = [];
  return {
    ...{ id: self.participantId, chat, client, said, heard },
    enter: () => chat.enter(client, { self, sealer }),
    open: () =>
      chat.open((opened) => {
        opened.events.on('message', (message) => heard.push(message));
        return opened;
      }),
  };
}

const text = (words: string) => ({ kind: 'text' as const, text: words });

test('R42 what was said before one came is old when the chat is opened, and what was said since is not; each is told once', async () => {
  const server = new ChatServer();
  const ada = await chatter(server, 10);
  await ada.enter();
  ada.chat.say(text('before'), null);
  await vi.waitFor(() => expect(server.kept).toHaveLength(1));
  const bo = await latecomer(server, 11);
  await bo.enter();
  ada.chat.say(text('since'), null);
  await vi.waitFor(() => expect(bo.said).toHaveLength(1));
  await bo.open();
  ada.chat.say(text('after'), null);
  await vi.waitFor(() => expect(bo.heard).toHaveLength(3));
  const told = bo.heard.map(({ seq, isLive, isOwn }) => ({ seq, isLive, isOwn }));
  expect(told.toSorted((one, other) => one.seq - other.seq)).toEqual([
    { seq: 1, isLive: false, isOwn: false },
    { seq: 2, isLive: true, isOwn: false },
    { seq: 3, isLive: true, isOwn: false },
  ]);
  expect(bo.said).toHaveLength(1);
});

test('a chat opened while the server is away reads and says all when the seat is back', async () => {
  const server = new ChatServer();
  const ada = await chatter(server, 10);
  await ada.enter();
  const bo = await latecomer(server, 11);
  await bo.enter();
  bo.chat.pause(bo.client);
  const opened = await bo.open();
  opened.say(text('from the dark'), null);
  ada.chat.say(text('missed'), null);
  await vi.waitFor(() => expect(server.kept).toHaveLength(1));
  await bo.enter();
  await vi.waitFor(() => expect(ada.heard).toHaveLength(2));
  await vi.waitFor(() => expect(bo.heard).toHaveLength(2));
});
