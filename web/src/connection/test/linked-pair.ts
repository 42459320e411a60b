import type { LinkStanding } from '@confab/protocol';
import { expect } from 'vitest';
import { cameraEncoding } from '../camera-encoding.ts';
import { PeerLink } from '../peer-link.ts';
import { BadWire, type WireTrouble } from './bad-wire.ts';
import { fakeFingerprint } from './fake-connection.ts';
import { FakePath } from './fake-ice.ts';
import { FakeIceConnection } from './fake-ice-connection.ts';
import { ManualClock } from './manual-clock.ts';

export const sides = ['initiator', 'other'] as const;
export type Side = (typeof sides)[number];
const otherOf = (side: Side): Side => (side === 'initiator' ? 'other' : 'initiator');
const prints = { initiator: fakeFingerprint(1), other: fakeFingerprint(2) };

/** Two links over a path that breaks and wires that are bad, with a clock that a schedule moves. */
export class LinkedPair {
  readonly clock = new ManualClock();
  readonly path = new FakePath(this.clock);
  readonly links = {} as Record<Side, PeerLink>;
  readonly wires = {} as Record<Side, BadWire>;
  readonly standings = {} as Record<Side, LinkStanding>;
  readonly connections: Record<Side, FakeIceConnection[]> = { initiator: [], other: [] };

  constructor(random: () => number, trouble: WireTrouble) {
    for (const side of sides) {
      const to = {
        receive: (signal: Parameters<PeerLink['receive']>[0]) =>
          this.links[otherOf(side)].receive(signal),
        confirmSoon: () => this.links[otherOf(side)].confirmSoon(),
      };
      this.wires[side] = new BadWire(this.clock, random, trouble, to);
      this.links[side] = this.#link(side, random);
    }
    this.setReachable(true);
  }

  get restarts(): number {
    return this.connections.initiator.reduce((sum, { restarts }) => sum + restarts, 0);
  }

  setReachable(reachable: boolean): void {
    for (const side of sides) {
      this.wires[side].open = reachable;
      this.links[side].setReachable(reachable);
    }
  }

  /** What is still amiss; '' when both ends are connected to each other and to nobody else. */
  get fault(): string {
    for (const side of sides) {
      const open = this.connections[side].filter(({ closed }) => !closed);
      if (open.length !== 1) return `${side} has ${open.length} connections`;
      if (!open[0]?.ice.matches) return `${side} is connected to nothing`;
      if (this.standings[side] !== 'ok') return `${side} stands as ${this.standings[side]}`;
    }
    return '';
  }

  async pass(ms: number, until: () => boolean = () => false): Promise<void> {
    const end = this.clock.now() + ms;
    while (this.clock.now() < end && !until()) {
      // What is under way must come to rest before time moves on.
      for (let turns = 0; turns < 12; turns++) await Promise.resolve();
      this.clock.advance(Math.min(this.clock.next, end) - this.clock.now());
    }
  }

  close(): void {
    for (const side of sides) this.links[side].close();
  }

  #link(side: Side, random: () => number): PeerLink {
    return new PeerLink({
      initiator: side === 'initiator',
      epoch: 0,
      fingerprint: prints[otherOf(side)],
      tracks: {},
      camera: cameraEncoding(2),
      clock: this.clock,
      openConnection: (options, listener) => {
        const connection = new FakeIceConnection(options, listener, {
          path: this.path,
          random,
          fingerprint: prints[side],
        });
        this.connections[side].push(connection);
        return connection;
      },
      iceServers: () => [],
      send: (signal) => this.wires[side].send(signal),
      listener: {
        onChange: (standing) => (this.standings[side] = standing),
        onLevel: () => undefined,
        onCarried: () => undefined,
        onBoard: () => undefined,
        onCarriedOpen: () => undefined,
        onRefused: (kind) => expect.fail(`${side} refused a signal: ${kind}`),
      },
    });
  }
}
