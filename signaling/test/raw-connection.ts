import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

/** A WebSocket to the server that speaks whatever bytes a test likes, and keeps all that comes back. */
export class RawConnection {
  readonly frames: string[] = [];
  readonly socket: WebSocket;
  private readonly closing: Promise<number>;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closing = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data: Buffer) => this.frames.push(data.toString()));
    // What a refused connection reports is judged by its close.
    socket.on('error', () => undefined);
  }

  /** Opens Engine.IO; rejects with `Unexpected server response: 403` and the like. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<RawConnection> {
    const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { headers });
    const connection = new RawConnection(socket);
    onTestFinished(() => socket.terminate());
    await once(socket, 'open');
    return connection;
  }

  /** Opens Engine.IO and enters `/` with this token. */
  static async enter(url: string, token: string): Promise<RawConnection> {
    const connection = await RawConnection.open(url);
    connection.socket.send(`40${JSON.stringify({ token })}`);
    await connection.frame('40');
    return connection;
  }

  /** The first frame that starts so, now or later; rejects when the connection ends before. */
  async frame(start: string): Promise<string> {
    for (;;) {
      const found = this.frames.find((frame) => frame.startsWith(start));
      if (found !== undefined) return found;
      const more = await Promise.race([
        once(this.socket, 'message'),
        this.closing.then(() => null),
      ]);
      if (more === null)
        throw new Error(`Closed before a frame ${start}. Got: ${this.frames.join(' ')}`);
    }
  }

  /** Resolves when the server has closed the connection, with the code it gave (RFC 6455 §7.4). */
  closed(): Promise<number> {
    return this.closing;
  }
}
