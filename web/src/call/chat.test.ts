import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Chat } from './chat.svelte.ts';
import { chatting } from './test/chatting.ts';

const { at, onNews, anew, hear, outgoing, first } = chatting();
let line: ReturnType<typeof chatting>['at']['line'];
let chat: Chat;

beforeEach(() => {
  ({ line, chat } = at);
});

const texts = () => chat.entries.map(({ text }) => text);

describe('order', () => {
  it('R43 is that of the meeting, however messages come', () => {
    for (const seq of [3, 1, 4, 2]) hear(seq, { text: `${seq}` });
    expect(texts()).toEqual(['1', '2', '3', '4']);
  });

  it('one’s own message is shown at once, last, and takes its place when it is sent', () => {
    outgoing('x', { text: 'mine' });
    hear(1, { text: 'theirs' });
    expect(texts()).toEqual(['theirs', 'mine']);
    expect(chat.entries[1]?.standing).toEqual({ status: 'pending' });
    hear(2, { text: 'mine' }, { from: 'self', id: 'x' });
    hear(3, { text: 'later' });
    expect(texts()).toEqual(['theirs', 'mine', 'later']);
    expect(chat.entries[1]?.standing).toBeNull();
  });

  it('a message that was refused can be tried again or given up', () => {
    outgoing('x', { text: 'mine' });
    chat.retry(first());
    expect(line.retry).toHaveBeenCalledWith('x');
    chat.discard(first());
    expect(line.discard).toHaveBeenCalledWith('x');
    expect(texts()).toEqual([]);
  });
});

describe('a page that is to go', () => {
  function isHeldUp(): boolean {
    const going = new Event('beforeunload', { cancelable: true });
    dispatchEvent(going);
    return going.defaultPrevented;
  }

  it('is held up, by a question, while others have not got what one has said or changed', () => {
    expect(isHeldUp()).toBe(false);
    outgoing('x', { text: 'mine' });
    expect(isHeldUp()).toBe(true);
    hear(1, { text: 'mine' }, { from: 'self', id: 'x' });
    expect(isHeldUp()).toBe(false);
    outgoing('change', { kind: 'edit', id: 'x', text: 'two' });
    expect(isHeldUp()).toBe(true);
    hear(2, { kind: 'edit', id: 'x', text: 'two' }, { from: 'self', id: 'change' });
    expect(isHeldUp()).toBe(false);
  });

  it('goes when the chat is closed', () => {
    outgoing('x', { text: 'mine' });
    chat.close();
    expect(isHeldUp()).toBe(false);
  });
});

describe('R44 what comes again from its author, who has become another participant,', () => {
  const privately = { to: 'self', id: 'x' };
  const refs = () => chat.entries.map(({ ref, seq }) => `${seq} ${ref.from}/${ref.id}`);

  it('in private is shown once, where it stood, and is no news', () => {
    hear(1, { text: 'mine' }, { from: 'ada', ...privately });
    hear(2, { text: 'more' }, { from: 'bob' });
    onNews.mockClear();
    hear(3, { text: 'mine' }, { from: 'ada again', ...privately });
    expect(texts()).toEqual(['mine', 'more']);
    expect(refs()[0]).toBe('1 ada again/x');
    expect([chat.unread, onNews.mock.calls.length]).toEqual([2, 0]);
    hear(4, { kind: 'edit', id: 'x', text: 'changed' }, { from: 'ada again', to: 'self' });
    expect(texts()).toEqual(['changed', 'more']);
    expect(chat.find({ from: 'ada', id: 'x' })).toBe(first());
  });

  it('is from who its author is now also where it is read the other way round', () => {
    hear(3, { text: 'mine' }, { from: 'ada again', ...privately });
    hear(1, { text: 'mine' }, { from: 'ada', ...privately });
    expect(refs()).toEqual(['3 ada again/x']);
  });

  it('a reaction, in private, counts once, and is theirs to take away', () => {
    const target = { from: 'ada', id: 'x' };
    const emoji = '👍';
    const react = (seq: number, from: string, id: string, on = true) =>
      hear(seq, { kind: 'reaction', target, emoji, on }, { from, to: 'self', id });
    hear(1, { text: 'mine' }, { from: 'ada', ...privately });
    react(2, 'ada', 'r');
    expect(first().reactions).toEqual([{ emoji, from: ['ada'] }]);
    hear(3, { text: 'mine' }, { from: 'ada again', ...privately });
    react(4, 'ada again', 'r');
    expect(first().reactions).toEqual([{ emoji, from: ['ada again'] }]);
    react(5, 'ada again', 'another', false);
    expect(first().reactions).toEqual([]);
  });

  it('the same where it is read the other way round', () => {
    const target = { from: 'ada again', id: 'x' };
    hear(3, { text: 'mine' }, { from: 'ada again', ...privately });
    const react = (seq: number, on: boolean, id: string) =>
      hear(
        seq,
        { kind: 'reaction', target, emoji: '👍', on },
        { from: 'ada again', to: 'self', id },
      );
    react(6, false, 'another');
    react(5, true, 'r');
    expect(first().reactions).toEqual([]);
  });

  it('nobody takes a reaction from somebody else by its id where everybody has read that', () => {
    const target = { from: 'ada', id: 'ada-1' };
    hear(1, { text: 'one' });
    for (const [seq, from] of [
      [2, 'bo'],
      [3, 'eve'],
    ] as const)
      hear(seq, { kind: 'reaction', target, emoji: '👍', on: true }, { from, id: 'r' });
    expect(first().reactions).toEqual([{ emoji: '👍', from: ['bo', 'eve'] }]);
  });

  it('to everybody is another message: anybody may have read its id', () => {
    hear(1, { text: 'mine' }, { from: 'ada', id: 'x' });
    hear(2, { text: 'forged' }, { from: 'eve', id: 'x' });
    outgoing('y', { text: 'own' });
    hear(3, { text: 'own' }, { from: 'self', id: 'y' });
    hear(4, { text: 'forged too' }, { from: 'eve', to: 'self', id: 'y' });
    hear(5, { kind: 'removal', id: 'x' }, { from: 'eve' });
    hear(6, { kind: 'removal', id: 'y' }, { from: 'eve', to: 'self' });
    expect(chat.entries.map(({ text, from }) => `${from}: ${text}`)).toEqual([
      'ada: mine',
      'eve: ',
      'self: own',
      'eve: ',
    ]);
  });
});

describe('changes', () => {
  it('R45 the latest edit counts, in whatever order they come', () => {
    hear(1, { text: 'one' });
    hear(3, { kind: 'edit', id: 'ada-1', text: 'three' });
    hear(2, { kind: 'edit', id: 'ada-1', text: 'two' });
    expect(texts()).toEqual(['three']);
    expect(first().isEdited).toBe(true);
  });

  it('R45 nobody edits or deletes what another has said', () => {
    hear(1, { text: 'one' });
    hear(2, { kind: 'edit', id: 'ada-1', text: 'forged' }, { from: 'mallory' });
    hear(3, { kind: 'removal', id: 'ada-1' }, { from: 'mallory' });
    expect(texts()).toEqual(['one']);
    expect(first().isRemoved).toBe(false);
  });

  it('R46 a change with another audience than the message does not count', () => {
    hear(1, { text: 'for all' });
    hear(2, { kind: 'edit', id: 'ada-1', text: 'for you' }, { to: 'self' });
    hear(3, { kind: 'removal', id: 'ada-1' }, { to: 'self' });
    expect(texts()).toEqual(['for all']);
    hear(4, { text: 'private' }, { to: 'self' });
    const target = { from: 'ada', id: 'ada-4' };
    hear(5, { kind: 'reaction', target, emoji: '👍', on: true }, { from: 'self', to: 'ada' });
    expect(chat.entries[1]?.reactions).toEqual([{ emoji: '👍', from: ['self'] }]);
  });

  it('R46 a change that comes before its message waits for it', () => {
    hear(2, { kind: 'removal', id: 'ada-1' });
    expect(texts()).toEqual([]);
    hear(1, { text: 'one' });
    expect(first().isRemoved).toBe(true);
    expect(first().text).toBe('');
  });

  it('a reaction is put there and taken away, each person’s last word counts', () => {
    hear(1, { text: 'one' });
    const target = { from: 'ada', id: 'ada-1' };
    hear(2, { kind: 'reaction', target, emoji: '👍', on: true }, { from: 'bo' });
    hear(3, { kind: 'reaction', target, emoji: '👍', on: true }, { from: 'self' });
    expect(first().reactions).toEqual([{ emoji: '👍', from: ['bo', 'self'] }]);
    chat.react(first(), '👍');
    expect(line.say).toHaveBeenLastCalledWith(
      { kind: 'reaction', target, emoji: '👍', on: false },
      null,
    );
    hear(4, { kind: 'reaction', target, emoji: '👍', on: false }, { from: 'bo' });
    expect(first().reactions).toEqual([{ emoji: '👍', from: ['self'] }]);
  });

  it('R46 what one does to a private message goes to its other end alone', () => {
    hear(1, { text: 'to me' }, { to: 'self' });
    hear(2, { text: 'from me' }, { from: 'self', to: 'bo' });
    chat.react(first(), '🎉');
    expect(line.say.mock.lastCall?.[1]).toBe('ada');
    const [, own] = chat.entries;
    if (own) chat.edit(own, 'changed');
    expect(line.say.mock.lastCall).toEqual([{ kind: 'edit', id: 'self-2', text: 'changed' }, 'bo']);
  });

  it('says that one’s own change is on its way', () => {
    hear(1, { text: 'one' }, { from: 'self' });
    outgoing('change', { kind: 'edit', id: 'self-1', text: 'two' });
    expect(first().change?.standing.status).toBe('pending');
    hear(2, { kind: 'edit', id: 'self-1', text: 'two' }, { from: 'self', id: 'change' });
    expect(first().change).toBeNull();
    expect(first().text).toBe('two');
  });
});

describe('news', () => {
  it('others’ messages are unread until somebody looks', () => {
    hear(1, { text: 'one' });
    hear(2, { text: 'mine' }, { from: 'self' });
    hear(3, { text: 'three' });
    expect(chat.unread).toBe(2);
    chat.show(true);
    expect(chat.unread).toBe(0);
    hear(4, { text: 'four' });
    expect(chat.unread).toBe(0);
    chat.show(false);
    hear(5, { text: 'five' });
    expect(chat.unread).toBe(1);
  });

  it('what was read stays read after a reload, in the same seat', () => {
    hear(1, { text: 'one' });
    chat.show(true);
    const reloaded = anew();
    const another = anew('other');
    hear(1, { text: 'one' });
    hear(2, { text: 'two' });
    expect(reloaded.unread).toBe(1);
    expect(another.unread).toBe(2);
  });

  it('only what is said now, by others, while nobody looks, is told', () => {
    hear(1, { text: 'read' }, { isLive: false });
    hear(2, { text: 'mine' }, { from: 'self' });
    expect(onNews).not.toHaveBeenCalled();
    hear(3, { text: 'now' });
    expect(onNews).toHaveBeenCalledOnce();
    expect(chat.news?.text).toBe('now');
    vi.advanceTimersByTime(6_000);
    expect(chat.news).toBeNull();
    chat.show(true);
    hear(4, { text: 'seen' });
    expect(onNews).toHaveBeenCalledOnce();
  });
});
