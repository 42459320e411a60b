import { randomBytes } from 'node:crypto';
import type { Log } from '../log.ts';
import type { RedisLink } from './redis-link.ts';
import { nodeKey } from './scripts.ts';

/** Milliseconds between two signs of life, and for how long others believe one. */
const EVERY = 1_000;
const LIFE = 5_000;
/** So many without an answer, and Redis counts as lost; for so long, and the connection is given up (milliseconds). */
const MISSED = 2;
const SILENT = 5_000;
/** After Redis was away everybody comes back to it at another moment: so long nobody judges who is there (milliseconds). */
const SETTLING = 2_000;

/** What follows from what a node learns about itself and others. */
export type MembershipEvents = {
  /** The nodes that this one has to do with. */
  peers: () => Iterable<string>;
  /** A peer is dead: killed, cut off from Redis, or standing still for longer than {@link LIFE}. */
  onDead: (node: string) => void;
  /**
   * This node was out of sight for a while: others may have taken over what was its own. `isAnotherRun`: Redis was started anew, with what it
   * had, with less, or with nothing.
   */
  onReturn: (isAnotherRun: boolean) => Promise<void>;
  /** Redis is lost, or back. */
  onDown: () => void;
  onUp: () => void;
  /** Another sign of life was given. */
  onBeat: () => void;
};
export type MembershipParts = { link: RedisLink; log: Log };

/** All nodes that live, this one among them. Rejects with a LinkFault. */
export async function nodesIn(link: RedisLink): Promise<string[]> {
  const keys = await link.keys(nodeKey('*'));
  return keys.map((key) => key.slice(nodeKey('').length));
}

/** This process as one of several nodes: its name, its signs of life, and whether Redis can be used. */
export class Membership {
  /** Another one with each start, so that nobody takes a node for the one before it. */
  readonly node = randomBytes(9).toString('base64url');
  /** Whether Redis can be used, and this node is where it believes it is. */
  isUp = false;
  events: MembershipEvents = {
    peers: () => [],
    onDead: () => undefined,
    onReturn: () => Promise.resolve(),
    onDown: () => undefined,
    onUp: () => undefined,
    onBeat: () => undefined,
  };
  private readonly parts: MembershipParts;
  private readonly startedAt = performance.now();
  private settledAt = 0;
  private answeredAt = performance.now();
  private missed = 0;
  private run: string | null = null;
  private arriving: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;

  constructor(parts: MembershipParts) {
    this.parts = parts;
  }

  /** Rejects with a LinkFault. */
  async start(): Promise<void> {
    const { link } = this.parts;
    await this.arrive();
    link.onConnected = () => this.comeBack();
    link.onLost = () => this.goDown();
    this.beatLater();
  }

  /** Whether what one sees of the other nodes can be believed. */
  get isSettled(): boolean {
    return this.isUp && performance.now() >= this.settledAt;
  }

  /** Since when this process runs, in milliseconds. */
  get age(): number {
    return performance.now() - this.startedAt;
  }

  close(): void {
    this.isClosed = true;
    this.isUp = false;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private beatLater(): void {
    this.timer = setTimeout(() => {
      void this.tick().finally(() => {
        if (!this.isClosed) this.beatLater();
      });
    }, EVERY).unref();
  }

  private async tick(): Promise<void> {
    if (!this.parts.link.isConnected) this.giveUpIfSilent();
    else if (!this.isUp) this.comeBack();
    else await this.beat();
  }

  private async beat(): Promise<void> {
    try {
      const { lived, dead } = await this.giveSign();
      if (!lived) {
        this.goDown();
        this.comeBack();
      } else if (this.isSettled) for (const node of dead) this.events.onDead(node);
      if (lived) this.events.onBeat();
    } catch {
      if (++this.missed >= MISSED) this.goDown();
      this.giveUpIfSilent();
    }
  }

  private async giveSign(): Promise<{ lived: boolean; dead: string[] }> {
    const { link } = this.parts;
    const args = [LIFE, ...this.events.peers()];
    const answer = await link.run('beat', [nodeKey(this.node)], args);
    const [lived, dead] = answer as [number, string[]];
    this.missed = 0;
    this.answeredAt = performance.now();
    return { lived: lived === 1, dead };
  }

  private comeBack(): void {
    if (this.isClosed) return;
    this.arriving ??= this.arrive()
      .then(
        () => {
          this.settledAt = performance.now() + SETTLING;
          this.parts.log.info('Redis can be used again');
          this.events.onUp();
        },
        // The next tick tries again.
        () => this.giveUpIfSilent(),
      )
      .finally(() => (this.arriving = null));
  }

  private async arrive(): Promise<void> {
    const { link } = this.parts;
    await link.listen(nodeKey(this.node));
    const run = await link.serverRun();
    await this.giveSign();
    if (this.run !== null) await this.events.onReturn(run !== this.run);
    if (!link.isConnected) throw new Error('lost again');
    this.run = run;
    this.isUp = true;
  }

  private goDown(): void {
    if (!this.isUp || this.isClosed) return;
    this.isUp = false;
    this.parts.log.error('Redis cannot be used; nobody is let in until it can');
    this.events.onDown();
  }

  private giveUpIfSilent(): void {
    if (performance.now() - this.answeredAt < SILENT) return;
    this.answeredAt = performance.now();
    this.parts.link.reconnect();
  }
}
