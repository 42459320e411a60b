import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Where somebody's browser sends and receives: an IPv4 address of this machine, and a UDP port. */
export type Address = { address: string; port: number };

/** Stands for one address of one person towards the other: what arrives here goes to `real`. */
type StandIn = { socket: Socket; owner: string; real: Address; isDead: boolean };

/**
 * The way that packets between two people take, once each knows only stand-ins of the other's addresses: every packet passes
 * here, and a fault is put upon it. Other pairs have other paths.
 */
export class Path {
  readonly people: [string, string];
  /** Packets that were handed on, and that were not, both ways. */
  passed = 0;
  lost = 0;
  private readonly standIns = new Map<string, Promise<StandIn>>();
  private isCut = false;
  private latency = 0;
  private loss = 0;
  private owed = 0;

  constructor(one: string, other: string) {
    this.people = [one, other];
  }

  /** Nothing passes any more. */
  cut(): void {
    this.isCut = true;
  }

  /** Every packet takes `milliseconds` longer, each way. */
  delay(milliseconds: number): void {
    this.latency = milliseconds;
  }

  /** This share of the packets, from 0 to 1, is lost; evenly spread, so that every run loses alike. */
  drop(share: number): void {
    this.loss = share;
  }

  heal(): void {
    this.isCut = false;
    this.latency = 0;
    this.loss = 0;
  }

  /** The addresses known so far lead nowhere from now on, as after a change of network; fresh ones work. */
  async renew(): Promise<void> {
    for (const made of [...this.standIns.values()]) (await made).isDead = true;
  }

  /** Where the other one reaches `owner`'s address `real`. */
  async standInFor(owner: string, real: Address): Promise<Address> {
    const { socket } = await this.kept(owner, real);
    const { address, port } = socket.address();
    return { address, port };
  }

  async close(): Promise<void> {
    this.cut();
    const made = [...this.standIns.values()];
    this.standIns.clear();
    for (const { socket } of await Promise.all(made)) socket.close();
  }

  private kept(owner: string, real: Address): Promise<StandIn> {
    const key = `${owner} ${real.address}:${real.port}`;
    const standIn = this.standIns.get(key) ?? this.make(owner, real);
    this.standIns.set(key, standIn);
    return standIn;
  }

  /** On the interface of the address it stands for: whoever can reach the one can reach the other. */
  private async make(owner: string, real: Address): Promise<StandIn> {
    const socket = createSocket('udp4');
    const standIn: StandIn = { socket, owner, real, isDead: false };
    socket.bind(0, real.address);
    await once(socket, 'listening');
    socket.on('message', (packet, from) => void this.carry(packet, from, standIn));
    // A browser that has closed its port answers with an ICMP message, which Node calls an error.
    socket.on('error', () => undefined);
    return standIn;
  }

  /** The receiver sees the packet come from the sender's stand-in, so that neither ever learns the other's own address. */
  private async carry(packet: Buffer, from: Address, standIn: StandIn): Promise<void> {
    if (standIn.isDead || this.isUnlucky()) {
      this.lost += 1;
      return;
    }
    const [one, other] = this.people;
    const sender = standIn.owner === one ? other : one;
    const seenFrom = await this.kept(sender, from);
    if (this.latency > 0) await new Promise((resolve) => setTimeout(resolve, this.latency));
    // Whatever was under way when the path was cut is lost too.
    if (this.isCut || seenFrom.isDead) {
      this.lost += 1;
      return;
    }
    this.passed += 1;
    seenFrom.socket.send(packet, standIn.real.port, standIn.real.address);
  }

  private isUnlucky(): boolean {
    this.owed += this.loss;
    if (this.owed < 1) return false;
    this.owed -= 1;
    return true;
  }
}
