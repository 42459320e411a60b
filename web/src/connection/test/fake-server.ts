import type { Participant, Payload, ReplyData, RequestName, Snapshot } from '@confab/protocol';
import { Refusal } from '@confab/protocol';
import { Emitter } from '../emitter.ts';
import type { SignalingEvents, SignalingOptions } from '../signaling-client.ts';
import type { Surroundings } from '../surroundings.ts';
import { toBase64url } from '../sealing/base64url.ts';

export type Relayed = { from: string; to: string; sealed: string };
type Client = ReturnType<Surroundings['connectTo']>;
type Seat = Participant & { client: FakeClient };

/** A server in memory, with a relay that a test can corrupt. Seats are named by their tokens. */
export class FakeServer {
  /** What becomes of each signal; an honest server carries it as it is. */
  relay: (signal: Relayed) => Relayed[] = (signal) => [signal];
  readonly requests: string[] = [];
  readonly carried: Relayed[] = [];
  /** What the server was last asked to remember each seat by, and gave out (R8). */
  readonly resumes = new Map<string, string>();
  policy = { locked: false };
  readonly seats = new Map<string, Seat>();
  #version = 0;

  connectTo = (options: SignalingOptions): Client => new FakeClient(this, options.token);

  join(client: FakeClient, { incarnation, hello, media, resume }: Payload<'meeting:join'>) {
    const id = client.token();
    const latest = this.resumes.get(id);
    if (latest !== undefined && resume !== latest) throw new Refusal('resume-invalid');
    this.resumes.set(id, toBase64url(crypto.getRandomValues(new Uint8Array(32))));
    const arrival = this.seats.get(id)?.arrival ?? this.seats.size + 1;
    const presence = 'present' as const;
    const role = 'participant' as const;
    this.seats.set(id, {
      id,
      arrival,
      incarnation,
      hello,
      media,
      presence,
      hand: null,
      role,
      client,
    });
    const reply = {
      participantId: id,
      snapshot: this.snapshot(),
      iceServers: [],
      token: id,
      tokenLifetime: 3_600,
      resume: this.resumes.get(id) ?? '',
    };
    this.announce();
    return reply;
  }

  snapshot(): Snapshot {
    this.#version += 1;
    const participants = [...this.seats.values()].map(({ client: _client, ...one }) => one);
    return { version: this.#version, participants, policy: this.policy };
  }

  announce(): void {
    const snapshot = this.snapshot();
    for (const { client } of this.seats.values()) client.tell('meeting:changed', snapshot);
  }

  carry(signal: Relayed): void {
    this.carried.push(signal);
    for (const { from, to, sealed } of this.relay(signal)) {
      this.seats.get(to)?.client.tell('signal:received', { from, sealed });
    }
  }
}

class FakeClient {
  readonly events = new Emitter<SignalingEvents>();
  readonly token: () => string;
  readonly #server: FakeServer;
  connected = false;

  constructor(server: FakeServer, token: () => string) {
    this.#server = server;
    this.token = token;
  }

  connect(): void {
    this.connected = true;
    this.events.emit('connected', 'websocket');
  }

  reconnect(): void {
    this.connect();
  }

  /** As when the network goes. */
  lose(): void {
    this.connected = false;
    this.events.emit('lost', null);
  }

  tell<Name extends keyof SignalingEvents>(name: Name, content: SignalingEvents[Name]): void {
    if (this.connected) this.events.emit(name, content);
  }

  async request<Name extends RequestName>(
    name: Name,
    payload: Payload<Name>,
  ): Promise<ReplyData<Name>> {
    await Promise.resolve();
    if (!this.connected) throw new Refusal('timeout');
    // Nobody has said anything; who reads the chat is of no interest here.
    if (name === 'chat:read') return { messages: [], upTo: 0, more: false } as never;
    this.#server.requests.push(`${this.token()} ${name}`);
    if (name === 'policy:set') {
      const { locked = this.#server.policy.locked } = payload as Payload<'policy:set'>;
      this.#server.policy = { locked };
      this.#server.announce();
    }
    const data =
      name === 'meeting:join' ? this.#server.join(this, payload as Payload<'meeting:join'>) : {};
    return data as ReplyData<Name>;
  }

  send(to: string, sealed: string): void {
    if (this.connected) this.#server.carry({ from: this.token(), to, sealed });
  }

  close(): void {
    this.connected = false;
  }
}
