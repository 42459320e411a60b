import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

type Connection = { near: Socket; far: Socket; isForgotten: boolean };
type Condition = 'open' | 'refused' | 'silent';

/** The way from browsers to the server, byte by byte, for faults that no program on it can notice. A person, or several, come by one. */
export class ServerWay {
  private readonly target: URL;
  private readonly listener = createServer({ pauseOnConnect: true }, (near) => this.join(near));
  private readonly connections = new Set<Connection>();
  private condition: Condition = 'open';
  private latency = 0;

  constructor(target: string) {
    this.target = new URL(target);
  }

  get url(): string {
    return `http://localhost:${(this.listener.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    this.listener.listen(0);
    await once(this.listener, 'listening');
  }

  /** Half-open: nothing arrives any more on either side, and nothing says so. After {@link heal} everything goes on where it stopped. */
  silence(): void {
    this.condition = 'silent';
    this.applyToAll();
  }

  /** As a router that was restarted: what stands stays silent for ever, new connections pass. */
  forget(): void {
    for (const connection of this.connections) connection.isForgotten = true;
    this.applyToAll();
  }

  /** Ends every connection, and every new one at once. */
  refuse(): void {
    this.condition = 'refused';
    this.cut();
  }

  /** Ends every connection; new ones pass. */
  cut(): void {
    for (const { near, far } of this.connections) {
      near.destroy();
      far.destroy();
    }
  }

  /** Every piece takes `milliseconds` longer, each way. */
  delay(milliseconds: number): void {
    this.latency = milliseconds;
  }

  heal(): void {
    this.condition = 'open';
    this.latency = 0;
    this.applyToAll();
  }

  close(): void {
    this.cut();
    this.listener.close();
  }

  private join(near: Socket): void {
    if (this.condition === 'refused') {
      near.destroy();
      return;
    }
    const far = connect(Number(this.target.port), this.target.hostname);
    const connection = { near, far, isForgotten: false };
    this.connections.add(connection);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('data', (piece) => this.pass(piece, other));
      one.on('end', () => this.later(() => other.end()));
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.connections.delete(connection);
        other.destroy();
      });
    }
    this.apply(connection);
  }

  private pass(piece: Buffer, to: Socket): void {
    this.later(() => {
      if (to.writable) to.write(piece);
    });
  }

  private later(act: () => void): void {
    if (this.latency === 0) act();
    else setTimeout(act, this.latency);
  }

  private applyToAll(): void {
    for (const connection of this.connections) this.apply(connection);
  }

  /** A socket that is not read hears neither bytes nor an end. */
  private apply({ near, far, isForgotten }: Connection): void {
    const isSilent = isForgotten || this.condition === 'silent';
    for (const socket of [near, far]) {
      if (isSilent) socket.pause();
      else socket.resume();
    }
  }
}
