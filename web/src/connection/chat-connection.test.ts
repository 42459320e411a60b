import { describe, expect, test, vi } from 'vitest';
import type { ChatMessage } from '@confab/protocol';
import { sealMessage } from './sealing/message-sealer.ts';
import { ChatServer, chatter } from './test/chat-server.ts';
import { id, person } from './test/sealed-people.ts';

const text = (words: string) => ({ kind: 'text' as const, text: words });

async function two() {
  const server = new ChatServer();
  const ada = await chatter(server, 10);
  const bo = await chatter(server, 11);
  await ada.enter();
  await bo.enter();
  return { server, ada, bo };
}

describe('what one says', () => {
  test('R42 reaches the other with its name, and oneself once', async () => {
    const { ada, bo } = await two();
    ada.chat.say(text('hello'), null);
    expect(ada.standings).toEqual(['pending']);
    await vi.waitFor(() => expect(bo.heard).toHaveLength(1));
    expect(bo.heard[0]).toMatchObject({
      ...{ seq: 1, from: ada.id, to: null, at: 1_000, name: 'Person 10' },
      ...{ isOwn: false, isLive: true, body: { kind: 'text', text: 'hello' } },
    });
    expect(ada.heard).toMatchObject([{ seq: 1, isOwn: true, body: { text: 'hello' } }]);
  });

  test('R42 is sent in its order, one after the other', async () => {
    const { server, ada, bo } = await two();
    const words = Array.from({ length: 10 }, (_, index) => `word ${index}`);
    for (const word of words) ada.chat.say(text(word), null);
    await vi.waitFor(() => expect(bo.texts()).toEqual(words));
    expect(server.kept.map(({ seq }) => seq)).toEqual(words.map((_, index) => index + 1));
  });

  test('R17 R42 whose answer was lost is sent again with the same bytes, and kept once', async () => {
    const { server, ada, bo } = await two();
    server.refuse = () => ({ after: 'timeout' });
    ada.chat.say(text('once'), null);
    await vi.waitFor(() => expect(ada.clock.next).toBe(1_000));
    server.refuse = () => ({});
    ada.clock.advance(1_000);
    await vi.waitFor(() => expect(ada.heard).toHaveLength(1));
    expect(server.posts).toHaveLength(2);
    expect(server.posts[0]).toBe(server.posts[1]);
    await vi.waitFor(() => expect(bo.texts()).toEqual(['once']));
  });

  test('R42 whose answer was lost with the connection is found when reading, and not sent again', async () => {
    const { server, ada, bo } = await two();
    server.refuse = () => ({ after: 'timeout' });
    ada.chat.say(text('once'), null);
    await vi.waitFor(() => expect(bo.heard).toHaveLength(1));
    ada.pause();
    server.refuse = () => ({});
    await ada.enter();
    expect(ada.texts()).toEqual(['once']);
    expect(server.posts).toHaveLength(1);
  });

  test('R42 by an earlier page of the seat is said once, whether or not the server had it, and before there is a seat', async () => {
    const { server, ada, bo } = await two();
    server.refuse = () => ({ after: 'timeout' });
    const taken = ada.chat.say(text('taken'), null);
    await vi.waitFor(() => expect(bo.texts()).toEqual(['taken']));
    server.refuse = () => ({});
    const again = await chatter(server, 10);
    const body = (words: string) => ({ ...text(words), name: 'Person 10' });
    again.chat.sayAgain({ id: taken, to: null, body: body('taken') });
    again.chat.sayAgain({ id: id(7), to: null, body: body('not taken') });
    await again.enter();
    await vi.waitFor(() => expect(again.texts()).toEqual(['taken', 'not taken']));
    await vi.waitFor(() => expect(bo.texts()).toEqual(['taken', 'not taken']));
    expect(server.kept).toHaveLength(2);
  });

  test('R42 while the server is away waits, and goes out when it is back, after what was missed', async () => {
    const { server, ada, bo } = await two();
    ada.pause();
    ada.chat.say(text('from the dark'), null);
    bo.chat.say(text('missed'), null);
    await vi.waitFor(() => expect(server.kept).toHaveLength(1));
    await ada.enter();
    await vi.waitFor(() => expect(ada.heard).toHaveLength(2));
    // Opening one of them may take longer than sending the other: the place says what comes first.
    const placed = ada.heard.map(({ seq }, index) => [seq, ada.texts()[index]]).sort();
    expect(placed).toEqual([
      [1, 'missed'],
      [2, 'from the dark'],
    ]);
  });

  test('R42 that the server refuses for good says so, lets the next one by, and can be tried again', async () => {
    const { server, ada, bo } = await two();
    server.refuse = ({ to }) => (to === undefined ? {} : { before: 'participant-not-found' });
    const refused = ada.chat.say(text('for Bo'), bo.id);
    ada.chat.say(text('for all'), null);
    await vi.waitFor(() => expect(bo.texts()).toEqual(['for all']));
    expect(ada.standings).toEqual(['pending', 'pending', 'refused']);
    server.refuse = () => ({});
    ada.chat.retry(refused);
    await vi.waitFor(() => expect(bo.texts()).toEqual(['for all', 'for Bo']));
    expect(bo.heard[1]).toMatchObject({ to: bo.id });
  });

  test('R42 over the budget waits a second, says so, and is not lost', async () => {
    const { server, ada, bo } = await two();
    server.refuse = () => ({ before: 'too-many-requests' });
    ada.chat.say(text('one'), null);
    ada.chat.say(text('two'), null);
    await vi.waitFor(() => expect(ada.standings).toContain('delayed'));
    server.refuse = () => ({});
    ada.clock.advance(1_000);
    await vi.waitFor(() => expect(bo.texts()).toEqual(['one', 'two']));
  });

  test('R42 by whoever lost the seat for good is sealed anew in the next one', async () => {
    const { server, ada, bo } = await two();
    ada.pause();
    ada.chat.say(text('patience'), null);
    const { self, sealer } = await person(12, 12);
    await ada.chat.enter(server.clientOf(self.participantId), { self, sealer });
    ada.pause();
    await vi.waitFor(() => expect(bo.texts()).toEqual(['patience']));
    expect(bo.heard[0]?.from).toBe(self.participantId);
    expect(ada.heard[0]).toMatchObject({ isOwn: true });
  });
});

describe('what the others say', () => {
  test('R43 is read page by page by whoever comes late, each once, in order', async () => {
    const { server, ada } = await two();
    for (let index = 0; index < 7; index++) ada.chat.say(text(`${index}`), null);
    await vi.waitFor(() => expect(server.kept).toHaveLength(7));
    server.pageSize = 3;
    const late = await chatter(server, 12);
    await late.enter();
    expect(late.texts()).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    expect(late.heard.every(({ isLive }) => !isLive)).toBe(true);
  });

  test('R43 is read behind what is known, after a cut', async () => {
    const { server, ada, bo } = await two();
    ada.chat.say(text('known'), null);
    await vi.waitFor(() => expect(bo.heard).toHaveLength(1));
    bo.pause();
    server.deliver = () => undefined;
    ada.chat.say(text('missed'), null);
    await vi.waitFor(() => expect(server.kept).toHaveLength(2));
    await bo.enter();
    expect(bo.texts()).toEqual(['known', 'missed']);
    expect(server.reads.at(-1)).toBe(1);
  });

  test('R43 is read where a place was skipped', async () => {
    const { server, ada, bo } = await two();
    const { deliver } = server;
    server.deliver = () => undefined;
    ada.chat.say(text('lost'), null);
    await vi.waitFor(() => expect(ada.heard).toHaveLength(1));
    server.deliver = deliver;
    ada.chat.say(text('came'), null);
    await vi.waitFor(() => expect(bo.heard).toHaveLength(2));
    expect(Object.fromEntries(bo.heard.map(({ seq, body }) => [seq, body]))).toMatchObject({
      1: { text: 'lost' },
      2: { text: 'came' },
    });
  });

  test('R43 is told as missing where the server has forgotten some of what a reader was cut off from, and to nobody else', async () => {
    const { server, ada, bo } = await two();
    const say = async (...words: string[]) => {
      const last = server.kept.at(-1)?.seq ?? 0;
      for (const word of words) ada.chat.say(text(word), null);
      await vi.waitFor(() => expect(server.kept.at(-1)?.seq).toBe(last + words.length));
    };
    await say('known');
    await vi.waitFor(() => expect(bo.texts()).toEqual(['known']));
    bo.pause();
    const { deliver } = server;
    server.deliver = () => undefined;
    await say('missed', 'missed too', 'kept');
    server.forgetAllBut(1);
    await bo.enter();
    expect([bo.gaps, bo.texts()]).toEqual([[3], ['known', 'kept']]);
    const late = await chatter(server, 12);
    await late.enter();
    expect([late.gaps, late.texts()]).toEqual([[], ['kept']]);
    server.deliver = deliver;
    await say('heard by all');
    await vi.waitFor(() => expect(bo.texts()).toEqual(['known', 'kept', 'heard by all']));
    bo.pause();
    await bo.enter();
    expect([ada.gaps, bo.gaps]).toEqual([[], [3]]);
  });

  test('R43 is told as missing also to whoever was there before anything was said', async () => {
    const { server, ada, bo } = await two();
    bo.pause();
    server.deliver = () => undefined;
    for (const word of ['missed', 'kept']) ada.chat.say(text(word), null);
    await vi.waitFor(() => expect(server.kept).toHaveLength(2));
    server.forgetAllBut(1);
    await bo.enter();
    expect([bo.gaps, bo.texts()]).toEqual([[1], ['kept']]);
  });

  test('R44 comes once, however often the server brings it', async () => {
    const { server, ada, bo } = await two();
    ada.chat.say(text('once'), null);
    await vi.waitFor(() => expect(bo.heard).toHaveLength(1));
    const [message] = server.kept as [ChatMessage];
    server.deliver(message);
    server.deliver({ ...message, seq: 2 });
    ada.chat.say(text('end'), null);
    await vi.waitFor(() => expect(bo.texts()).toEqual(['once', 'end']));
  });

  test('R44 is refused and counted when it was altered, re-addressed, renamed or forged', async () => {
    const { server, ada, bo } = await two();
    ada.chat.say(text('genuine'), null);
    await vi.waitFor(() => expect(bo.heard).toHaveLength(1));
    const [genuine] = server.kept as [ChatMessage];
    const altered = genuine.sealed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const forged: Partial<ChatMessage>[] = [
      { id: id(99), sealed: altered },
      { id: id(98) },
      { id: id(97), to: bo.id },
      { from: id(96) },
      { id: id(95), sealed: 'AAAA' },
    ];
    forged.forEach((wrong, index) => server.deliver({ ...genuine, seq: index + 2, ...wrong }));
    await vi.waitFor(() => expect(bo.refused).toHaveLength(forged.length));
    expect(bo.texts()).toEqual(['genuine']);
  });

  test('R44 under a counter that was used before is refused', async () => {
    const { server, ada, bo } = await two();
    const twin = await person(10, 10);
    const body = { ...text('one'), name: 'Person 10' };
    const send = async (name: string, seq: number, sealer = ada.sealer) =>
      server.deliver({
        seq,
        id: name,
        from: ada.id,
        at: 0,
        sealed: await sealMessage(sealer, name, null, body),
      });
    await send(id(1), 1);
    await send(id(2), 2, twin.sealer);
    await vi.waitFor(() => expect(bo.refused).toEqual([`${ada.id} repeated`]));
    expect(bo.heard).toHaveLength(1);
  });

  test('R47 who writes is told at most every two seconds', async () => {
    const { ada, bo } = await two();
    for (const ms of [0, 1_000, 900, 100]) {
      ada.clock.advance(ms);
      ada.chat.announceTyping(null);
    }
    await vi.waitFor(() => expect(bo.typing).toEqual([ada.id, ada.id]));
  });
});
