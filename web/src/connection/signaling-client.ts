import {
  type ClientToServerEvents,
  ConnectionRefusal,
  type Notice,
  type NoticeName,
  type Payload,
  Refusal,
  RefusalCode,
  type ReplyData,
  type RequestName,
  type ServerToClientEvents,
  nothing,
  notices,
  replies,
} from '@confab/protocol';
import { type Socket, io } from 'socket.io-client';
import { Emitter } from './emitter.ts';
import { ServerTries, TRYING, type TriesManager } from './server-tries.ts';
import type { Transport } from './transport-order.ts';

export type SignalingEvents = { [Name in NoticeName]: Notice<Name> } & {
  /** A connection stands; nothing has been asked on it yet. */
  connected: Transport;
  /** The connection stands on a better transport now. */
  upgraded: Transport;
  /** Nothing has come for so long that the connection counts as gone, which is told next. */
  silent: null;
  /** The connection is gone, not by this page's doing; it is being made anew. */
  lost: null;
  /** Another try to connect begins: any but the first. */
  trying: null;
  /** That try, or the first, has come to nothing; the next one is due after a pause. */
  missed: null;
  /** The server refused the connection and says why. Nothing more is tried until {@link SignalingClient.connect}. */
  refused: RefusalCode;
};

export type SignalingOptions = {
  /** The page's own origin by default. */
  url?: string | undefined;
  transports?: Transport[] | undefined;
  /** Asked at every connection: the latest one. */
  token: () => string;
};

const REPLY_MS = 8_000;

/** The connection to the server: typed requests, checked notices, and coming back without end. */
export class SignalingClient {
  readonly events = new Emitter<SignalingEvents>();
  readonly #socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  readonly #tries: ServerTries;

  constructor({ url, transports = ['websocket', 'polling'], token }: SignalingOptions) {
    const options = {
      ...TRYING,
      transports,
      tryAllTransports: true,
      auth: (give: (auth: object) => void) => give({ token: token() }),
      autoConnect: false,
      forceNew: true,
    };
    this.#socket = url === undefined ? io(options) : io(url, options);
    this.#tries = new ServerTries(this.#socket.io as unknown as TriesManager, transports, {
      onTry: () => this.events.emit('trying', null),
      onMiss: () => this.events.emit('missed', null),
      tryOn: () => void this.#socket.connect(),
    });
    this.#listenToConnection();
    for (const name of Object.keys(notices) as NoticeName[]) this.#listenTo(name);
  }

  /** Makes a connection, or tells once more of the one that stands; waits for the one that is being made. */
  connect(): void {
    if (this.#socket.connected) this.events.emit('connected', this.#transport());
    // Asked while the server's welcome is on its way, the library would enter twice, and the second entry take the first one's seat.
    else if (!this.#socket.active) this.#socket.connect();
  }

  /** Gives the present connection up and makes another. */
  reconnect(): void {
    this.events.emit('trying', null);
    this.#socket.disconnect().connect();
  }

  /** Throws a Refusal, with `timeout` where no answer came or the connection was lost. */
  async request<Name extends RequestName>(
    name: Name,
    payload: Payload<Name>,
  ): Promise<ReplyData<Name>> {
    const reply = await this.#ask(name, payload);
    const { ok, data, error } = reply as { ok?: unknown; data?: unknown; error?: unknown };
    if (ok === true) {
      const schema = Object.hasOwn(replies, name) ? replies[name as keyof typeof replies] : nothing;
      const parsed = schema.safeParse(data);
      if (parsed.success) return parsed.data as ReplyData<Name>;
    }
    const code = RefusalCode.safeParse(error);
    throw new Refusal(code.success ? code.data : 'internal');
  }

  /** One sealed signal. Without a connection it is dropped: whoever sent it repeats it (R24), and none goes out twice. */
  send(to: string, sealed: string): void {
    if (this.#socket.connected) this.#socket.emit('signal:send', { to, sealed });
  }

  close(): void {
    this.#socket.disconnect();
  }

  async #ask(name: RequestName, payload: object): Promise<object> {
    if (!this.#socket.connected) throw new Refusal('timeout');
    try {
      const patient = this.#socket.timeout(REPLY_MS) as unknown as {
        emitWithAck(name: string, payload: object): Promise<unknown>;
      };
      const reply = await patient.emitWithAck(name, payload);
      return typeof reply === 'object' && reply !== null ? reply : {};
    } catch {
      throw new Refusal('timeout');
    }
  }

  #listenToConnection(): void {
    this.#socket.on('connect', () => {
      this.#tries.succeeded();
      this.events.emit('connected', this.#transport());
      this.#socket.io.engine.once('upgrade', () => {
        this.events.emit('upgraded', this.#transport());
      });
    });
    this.#socket.on('disconnect', (reason) => {
      // What the library kept for later would come before the join, and be refused.
      this.#socket.sendBuffer = [];
      if (reason === 'io client disconnect') return;
      if (reason === 'ping timeout') this.events.emit('silent', null);
      this.events.emit('lost', null);
      // The library leaves it to us to come back when the server has closed the connection on purpose.
      if (reason !== 'io server disconnect') return;
      this.events.emit('trying', null);
      this.connect();
    });
    this.#socket.on('connect_error', (error) => {
      const { data } = error as Error & { data?: unknown };
      const refusal = ConnectionRefusal.safeParse(data);
      if (refusal.success) this.events.emit('refused', refusal.data.error);
      else if (data !== undefined) this.events.emit('refused', 'internal');
    });
  }

  #transport(): Transport {
    return this.#socket.io.engine.transport.name === 'websocket' ? 'websocket' : 'polling';
  }

  #listenTo(name: NoticeName): void {
    const listener = (content: unknown) => {
      const notice = notices[name].safeParse(content);
      if (notice.success) this.events.emit(name, notice.data);
    };
    (
      this.#socket as unknown as { on(name: string, listener: (content: unknown) => void): void }
    ).on(name, listener);
  }
}
