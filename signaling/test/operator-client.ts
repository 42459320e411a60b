import { ConnectionRefusal, OPERATORS, operatorNotices } from '@confab/protocol';
import type { NodeReport } from '@confab/protocol';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { onTestFinished, vi } from 'vitest';

/** An operator's connection by the official client, which checks every report against the protocol. */
export class OperatorClient {
  readonly reports: NodeReport[][] = [];
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('server:reported', (notice: unknown) => {
      this.reports.push(operatorNotices['server:reported'].parse(notice).nodes);
    });
  }

  /** Throws an Error whose message is the refusal's code when the server says no. */
  static async connect(url: string, token: unknown): Promise<OperatorClient> {
    const options = { transports: ['websocket'], forceNew: true, reconnection: false };
    const socket = io(`${url}${OPERATORS}`, { ...options, auth: { token } });
    onTestFinished(() => void socket.disconnect());
    const client = new OperatorClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error: Error & { data?: unknown }) => {
        const refusal = ConnectionRefusal.safeParse(error.data);
        reject(new Error(refusal.success ? refusal.data.error : error.message));
      });
    });
    return client;
  }

  /** Any event with any arguments; resolves with the reply. */
  async ask(event: string, ...args: unknown[]): Promise<unknown> {
    return (await this.socket.timeout(20_000).emitWithAck(event, ...args)) as unknown;
  }

  /** The next report that fits. */
  async report(fits: (nodes: NodeReport[]) => boolean): Promise<NodeReport[]> {
    return vi.waitFor(
      () => {
        const found = this.reports.findLast(fits);
        if (found === undefined)
          throw new Error(`no such report; the last one: ${JSON.stringify(this.reports.at(-1))}`);
        return found;
      },
      { timeout: 20_000, interval: 20 },
    );
  }
}
