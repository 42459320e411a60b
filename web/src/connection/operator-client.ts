import {
  ConnectionRefusal,
  type NodeReport,
  OPERATORS,
  type OperatorPayload,
  type OperatorRequestName,
  type OperatorToServerEvents,
  Refusal,
  RefusalCode,
  type ServerToOperatorEvents,
  operatorNotices,
} from '@confab/protocol';
import { type Socket, io } from 'socket.io-client';
import { Emitter } from './emitter.ts';

export type OperatorEvents = {
  connected: null;
  /** The connection is gone; it is being made anew. */
  lost: null;
  /** The server said no; nothing more is tried. */
  refused: RefusalCode;
  /** All nodes as they are now (R82). */
  reported: NodeReport[];
};

const REPLY_MS = 8_000;

/** The connection of whoever runs the server (R81): reports that come by themselves, and the few things to ask. */
export class OperatorClient {
  readonly events = new Emitter<OperatorEvents>();
  readonly #socket: Socket<ServerToOperatorEvents, OperatorToServerEvents>;

  constructor(token: string) {
    this.#socket = io(OPERATORS, {
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      auth: { token },
      forceNew: true,
    });
    this.#socket.on('connect', () => this.events.emit('connected', null));
    this.#socket.on('disconnect', () => this.events.emit('lost', null));
    this.#socket.on('connect_error', (error) => {
      const refusal = ConnectionRefusal.safeParse((error as Error & { data?: unknown }).data);
      if (refusal.success) this.events.emit('refused', refusal.data.error);
      else this.events.emit('lost', null);
    });
    this.#socket.on('server:reported', (notice: unknown) => {
      const parsed = operatorNotices['server:reported'].safeParse(notice);
      if (parsed.success) this.events.emit('reported', parsed.data.nodes);
    });
  }

  /** Throws a Refusal, with `timeout` where no answer came. */
  async request<Name extends OperatorRequestName>(
    name: Name,
    payload: OperatorPayload<Name>,
  ): Promise<void> {
    const { ok, error } = (await this.#ask(name, payload)) as { ok?: unknown; error?: unknown };
    if (ok === true) return;
    const code = RefusalCode.safeParse(error);
    throw new Refusal(code.success ? code.data : 'internal');
  }

  close(): void {
    this.#socket.disconnect();
  }

  async #ask(name: string, payload: object): Promise<object> {
    const patient = this.#socket.timeout(REPLY_MS) as unknown as {
      emitWithAck(name: string, payload: object): Promise<unknown>;
    };
    try {
      const reply = this.#socket.connected ? await patient.emitWithAck(name, payload) : null;
      if (typeof reply === 'object' && reply !== null) return reply;
    } catch {
      throw new Refusal('timeout');
    }
    throw new Refusal('timeout');
  }
}
