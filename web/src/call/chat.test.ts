import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatEvents } from '../connection/chat-connection.ts';
import { Chat } from './chat.svelte.ts';
import type { ChatEntry } from './chat-entry.svelte.ts';
import { fakeChatLine, fakeConnection } from './test/fakes.ts';

const onNews = vi.fn();
let line: ReturnType<typeof fakeChatLine>;
let chat: Chat;

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  localStorage.clear();
  onNews.mockClear();
  line = fakeChatLine();
  chat = new Chat(line, fakeConnection(), () => 'self', onNews);
});
afterEach(() => {
  chat.close();
  vi.useRealTimers();
});

type Heard = ChatEvents['message'];
type Body = Heard['body'];

function hear(seq: number, body: Partial<Body>, more: Partial<Heard> = {}) {
  const from = more.from ?? 'ada';
  const base = { seq, id: `${from}-${seq}`, from, to: null, at: seq, name: from };
  const full = { kind: 'text', text: '', name: from, ...body } as Body;
  const isOwn = from === 'self';
  line.events.emit('message', { ...base, isOwn, isLive: true, body: full, ...more });
}

function outgoing(id: string, body: Partial<Body>, status: 'pending' | 'delayed' = 'pending') {
  const full = { kind: 'text', text: '', name: 'me', ...body } as Body;
  line.events.emit('outgoing', { id, to: null, body: full, standing: { status } });
}

const texts = () => chat.entries.map(({ text }) => text);
function first(): ChatEntry {
  const [entry] = chat.entries;
  if (!entry) throw new Error('nothing is shown');
  return entry;
}

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
    const reloaded = new Chat(line, fakeConnection(), () => 'self', onNews);
    const another = new Chat(line, fakeConnection(), () => 'other', onNews);
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

describe('the draft', () => {
  it('is sent as it may stand in the chat, to whom it is for, and is empty then', () => {
    chat.draft.text = ' \n';
    expect(chat.draft.canBeSent).toBe(false);
    chat.draft.text = 'hello\r\nthere \n';
    chat.draft.to = 'bo';
    chat.draft.send();
    expect(line.say.mock.lastCall).toEqual([{ kind: 'text', text: 'hello\nthere' }, 'bo']);
    expect(chat.draft.text).toBe('');
    expect(chat.draft.to).toBe('bo');
  });

  it('an answer to a private message is private', () => {
    hear(1, { text: 'between us' }, { to: 'self' });
    chat.draft.reply(first());
    chat.draft.text = 'yes';
    chat.draft.send();
    const replyTo = { from: 'ada', id: 'ada-1' };
    expect(line.say.mock.lastCall).toEqual([{ kind: 'text', text: 'yes', replyTo }, 'ada']);
    expect(chat.draft.replyTo).toBeNull();
  });

  it('an edit replaces the text, unless nothing was changed; given up, it leaves nothing behind', () => {
    hear(1, { text: 'one' }, { from: 'self' });
    chat.draft.edit(first());
    expect(chat.draft.text).toBe('one');
    chat.draft.send();
    expect(line.say).not.toHaveBeenCalled();
    chat.draft.edit(first());
    chat.draft.text = 'two';
    chat.draft.send();
    expect(line.say.mock.lastCall).toEqual([{ kind: 'edit', id: 'self-1', text: 'two' }, null]);
    chat.draft.edit(first());
    chat.draft.cancel();
    expect(chat.draft.text).toBe('');
  });

  it('is there again after something else was edited', () => {
    for (const seq of [1, 2]) hear(seq, { text: `${seq}` }, { from: 'self' });
    chat.draft.text = 'half a sent';
    for (const entry of chat.entries) chat.draft.edit(entry);
    chat.draft.text = 'changed';
    chat.draft.send();
    expect(line.say.mock.lastCall).toEqual([{ kind: 'edit', id: 'self-2', text: 'changed' }, null]);
    expect(chat.draft.text).toBe('half a sent');
    chat.draft.edit(first());
    chat.draft.cancel();
    expect(chat.draft.text).toBe('half a sent');
    chat.draft.send();
    expect(line.say.mock.lastCall).toEqual([{ kind: 'text', text: 'half a sent' }, null]);
    expect(chat.draft.text).toBe('');
  });

  it('too long a one is not sent', () => {
    chat.draft.text = '👋'.repeat(4_001);
    expect(chat.draft.excess).toBe(1);
    chat.draft.send();
    expect(line.say).not.toHaveBeenCalled();
  });
});

describe('R47 typing', () => {
  it('is shown for four seconds, or until the message', () => {
    line.events.emit('typing', { participantId: 'ada' });
    line.events.emit('typing', { participantId: 'bo' });
    expect(chat.typing.people).toEqual(['ada', 'bo']);
    hear(1, { text: 'one' });
    expect(chat.typing.people).toEqual(['bo']);
    vi.advanceTimersByTime(4_000);
    expect(chat.typing.people).toEqual([]);
  });

  it('switched off, is neither told nor shown, and stays off', () => {
    chat.typing.tell('bo');
    expect(line.announceTyping).toHaveBeenCalledWith('bo');
    chat.typing.isOn = false;
    chat.typing.tell('bo');
    line.events.emit('typing', { participantId: 'ada' });
    expect(line.announceTyping).toHaveBeenCalledOnce();
    expect(chat.typing.people).toEqual([]);
    expect(new Chat(line, fakeConnection(), () => 'self', onNews).typing.isOn).toBe(false);
  });
});
