import { afterEach, beforeEach, vi } from 'vitest';
import type { ChatEvents } from '../../connection/chat-connection.ts';
import { Chat } from '../chat.svelte.ts';
import type { ChatEntry } from '../chat-entry.svelte.ts';
import { fakeChatLine, fakeConnection } from './fakes.ts';

type Heard = ChatEvents['message'];
type Body = Heard['body'];

/** A chat anew for each test of a file, with false time and without a meeting; and what may be heard in it. */
export function chatting() {
  const onNews = vi.fn();
  const at = { line: fakeChatLine(), chat: null as unknown as Chat };

  /** The same chat in a page that is loaded anew. */
  const anew = (selfId = 'self') => new Chat(at.line, fakeConnection(), () => selfId, onNews);

  function hear(seq: number, body: Partial<Body>, more: Partial<Heard> = {}) {
    const from = more.from ?? 'ada';
    const base = {
      seq,
      id: `${from}-${seq}`,
      from,
      to: null,
      incarnation: from,
      at: seq,
      name: from,
    };
    const full = { kind: 'text', text: '', name: from, ...body } as Body;
    const isOwn = from === 'self';
    at.line.events.emit('message', { ...base, isOwn, isLive: true, body: full, ...more });
  }

  function outgoing(id: string, body: Partial<Body>) {
    const full = { kind: 'text', text: '', name: 'me', ...body } as Body;
    at.line.events.emit('outgoing', { id, to: null, body: full, standing: { status: 'pending' } });
  }

  function first(): ChatEntry {
    const [entry] = at.chat.entries;
    if (!entry) throw new Error('nothing is shown');
    return entry;
  }

  beforeEach(() => {
    vi.useFakeTimers();
    sessionStorage.clear();
    localStorage.clear();
    onNews.mockClear();
    at.line = fakeChatLine();
    at.chat = anew();
  });
  afterEach(() => {
    at.chat.close();
    vi.useRealTimers();
  });
  return { at, onNews, anew, hear, outgoing, first };
}
