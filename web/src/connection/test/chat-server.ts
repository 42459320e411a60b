import { type ChatMessage, type Payload, Refusal, type RequestName } from '@confab/protocol';
import { ChatConnection, type ChatEvents } from '../chat-connection.ts';
import { Emitter } from '../emitter.ts';
import type { SignalingEvents } from '../signaling-client.ts';
import type { Surroundings } from '../surroundings.ts';
import { ManualClock } from './manual-clock.ts';
import { meetingId, person, secret } from './sealed-people.ts';

type Client = ReturnType<Surroundings['connectTo']>;
type Heard = ChatEvents['message'];

/** A meeting's chat in memory, as the server keeps it; a test can cut it off, lose answers, and put in what it likes. */
export class ChatServer {
  readonly kept: ChatMessage[] = [];
  /** Up to here it has forgotten what was said. */
  private gone = 0;
  readonly posts: string[] = [];
  readonly reads: number[] = [];
  pageSize = 100;
  /** What a post is answered with, after it was kept or before. */
  refuse: (message: Payload<'chat:send'>) => { before?: string; after?: string } = () => ({});
  private readonly clients = new Map<string, Emitter<SignalingEvents>>();

  /** A connection in the seat of `from`. */
  clientOf(from: string): Client {
    const events = new Emitter<SignalingEvents>();
    this.clients.set(from, events);
    const request = async (name: RequestName, payload: unknown) => {
      await Promise.resolve();
      if (name === 'chat:send') return this.send(from, payload as Payload<'chat:send'>);
      if (name === 'chat:read') return this.read(from, (payload as Payload<'chat:read'>).after);
      for (const [to, other] of this.clients)
        if (to !== from) other.emit('typing:announced', { from });
      return {};
    };
    return { events, request } as unknown as Client;
  }

  /** Keeps no more than the newest `count` messages. */
  forgetAllBut(count: number): void {
    const [oldest] = this.kept.slice(-count);
    if (!oldest) return;
    this.gone = oldest.seq - 1;
    this.kept.splice(0, this.kept.length - count);
  }

  /** Hands a message to everybody but its sender, or to its addressee. */
  deliver = (message: ChatMessage): void => {
    for (const [id, events] of this.clients)
      if (id !== message.from && (message.to ?? id) === id) events.emit('chat:received', message);
  };

  private send(from: string, sent: Payload<'chat:send'>) {
    this.posts.push(sent.sealed);
    const { before, after } = this.refuse(sent);
    if (before !== undefined) throw new Refusal(before as Refusal['code']);
    const known = this.kept.find((one) => one.from === from && one.id === sent.id);
    const message = known ?? { ...sent, from, seq: this.last + 1, at: 1_000 };
    if (!known) {
      this.kept.push(message);
      this.deliver(message);
    }
    if (after !== undefined) throw new Refusal(after as Refusal['code']);
    return { seq: message.seq, at: message.at };
  }

  private read(reader: string, after: number) {
    this.reads.push(after);
    if (after < this.gone) return { messages: [], more: true, upTo: this.gone };
    const open = this.kept.filter(
      ({ seq, from, to }) =>
        seq > after && (to ?? reader) !== '' && [to ?? reader, from].includes(reader),
    );
    const messages = open.slice(0, this.pageSize);
    const more = open.length > messages.length;
    return { messages, more, upTo: more ? (messages.at(-1)?.seq ?? after) : this.last };
  }

  private get last(): number {
    return this.gone + this.kept.length;
  }
}

/** Somebody in the chat, with what they were told. */
export async function chatter(server: ChatServer, byte: number) {
  const { self, sealer } = await person(byte, byte);
  const clock = new ManualClock();
  const refused: string[] = [];
  const name = `Person ${byte}`;
  const onRefused = (from: string, kind: string) => refused.push(`${from} ${kind}`);
  const chat = new ChatConnection({ secret, meetingId, name, clock, onRefused });
  const heard: Heard[] = [];
  const standings: string[] = [];
  const typing: string[] = [];
  const gaps: number[] = [];
  chat.events.on('gap', ({ upTo }) => gaps.push(upTo));
  chat.events.on('message', (message) => heard.push(message));
  chat.events.on('outgoing', ({ standing }) => standings.push(standing.status));
  chat.events.on('typing', ({ participantId }) => typing.push(participantId));
  const id = self.participantId;
  const client = server.clientOf(id);
  const enter = () => chat.enter(client, { self, sealer });
  const pause = () => chat.pause(client);
  const texts = () => heard.map(({ body }) => ('text' in body ? body.text : body.kind));
  const told = { heard, refused, standings, typing, gaps };
  return { chat, enter, pause, clock, ...told, id, sealer, self, texts };
}
