import { once } from 'node:events';
import { WebSocket } from 'ws';

/**
 * One Socket.IO connection without Socket.IO's client: WebSocket frames written and read by hand, so that the load costs far
 * less than the server it loads. Engine.IO protocol 4, Socket.IO protocol 5, namespace `/`.
 */
export class EngineSocket {
  /** The Socket.IO id of this connection. */
  readonly id: string;
  /** Called with every event's frame, `42[…]`. */
  onEvent: (frame: Buffer) => void = () => undefined;
  private readonly webSocket: WebSocket;
  private readonly replies = new Map<string, (frame: string) => void>();
  private lastRequest = 0;

  private constructor(webSocket: WebSocket, id: string) {
    this.webSocket = webSocket;
    this.id = id;
    webSocket.on('message', (frame: Buffer) => this.receive(frame));
  }

  /** Connects and enters the namespace; `auth` as in the client's `auth` option. */
  static async open(
    url: string,
    auth: object | undefined,
    headers: Record<string, string>,
  ): Promise<EngineSocket> {
    const address = new URL('/socket.io/?EIO=4&transport=websocket', url);
    address.protocol = 'ws:';
    const webSocket = new WebSocket(address, { headers, perMessageDeflate: false });
    webSocket.binaryType = 'nodebuffer';
    const frames = frameByFrame(webSocket);
    await frames.next('0');
    webSocket.send(`40${auth ? JSON.stringify(auth) : ''}`);
    const { sid } = JSON.parse((await frames.next('40')).slice(2)) as { sid: string };
    frames.stop();
    return new EngineSocket(webSocket, sid);
  }

  /** Sends an event and resolves with the one argument of its acknowledgement. */
  request(event: string, payload: unknown): Promise<unknown> {
    const number = String(this.lastRequest++);
    this.webSocket.send(`42${number}${JSON.stringify([event, payload])}`);
    return new Promise((resolve) => {
      this.replies.set(number, (frame) => {
        resolve((JSON.parse(frame.slice(frame.indexOf('['))) as unknown[])[0]);
      });
    });
  }

  /** Sends a frame as it is; see {@link eventFrame}. */
  send(frame: Buffer): void {
    this.webSocket.send(frame, { binary: false });
  }

  close(): void {
    this.webSocket.terminate();
  }

  private receive(frame: Buffer): void {
    if (frame[0] === PING) this.webSocket.send('3');
    else if (frame[1] === EVENT) this.onEvent(frame);
    else if (frame[1] === ACKNOWLEDGEMENT) {
      const text = frame.toString();
      const number = text.slice(2, text.indexOf('['));
      this.replies.get(number)?.(text);
      this.replies.delete(number);
    } else if (frame[1] === DISCONNECT) throw new Error('The server closed a connection.');
  }
}

/** The bytes of an event without acknowledgement, to be sent many times. */
export function eventFrame(event: string, payload: object): Buffer {
  return Buffer.from(`42${JSON.stringify([event, payload])}`);
}

const PING = 0x32;
const DISCONNECT = 0x31;
const EVENT = 0x32;
const ACKNOWLEDGEMENT = 0x33;

/** Reads the frames of the handshake in turn and refuses any that is not the expected one. */
function frameByFrame(webSocket: WebSocket) {
  const arrived: string[] = [];
  const collect = (frame: Buffer) => arrived.push(frame.toString());
  webSocket.on('message', collect);
  return {
    async next(start: string): Promise<string> {
      while (arrived.length === 0)
        await Promise.race([once(webSocket, 'message'), closed(webSocket)]);
      const frame = arrived.shift() ?? '';
      if (!frame.startsWith(start))
        throw new Error(`The server answered the handshake with ${frame}`);
      return frame;
    },
    stop: () => webSocket.off('message', collect),
  };
}

async function closed(webSocket: WebSocket): Promise<never> {
  const [code] = (await once(webSocket, 'close')) as [number];
  throw new Error(`The server closed the connection during the handshake (${code}).`);
}
