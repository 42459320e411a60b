import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Chat } from './chat.svelte.ts';
import { chatting } from './test/chatting.ts';

const { at, anew, hear, first } = chatting();
let line: ReturnType<typeof chatting>['at']['line'];
let chat: Chat;

beforeEach(() => {
  ({ line, chat } = at);
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
    expect(anew().typing.isOn).toBe(false);
  });
});
