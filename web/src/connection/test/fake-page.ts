import type { RefusedSignals } from '../meeting-events.ts';
import { Mesh } from '../mesh.ts';
import type { FakeNetwork } from './fake-network.ts';
import { FakeWire } from './fake-wire.ts';
import { meetingId, type person } from './sealed-people.ts';

type Person = Awaited<ReturnType<typeof person>>;
/** What becomes of a text that this person's page sends to another over their link. */
export type Tampering = (text: string, to: string) => string[];

/** One person's page: its mesh, and what it was told. */
export class FakePage {
  readonly id: string;
  readonly person: Person;
  readonly mesh: Mesh;
  readonly standings = new Map<string, string>();
  readonly told = new Map<string, { to: string; standing: string }[]>();
  readonly refused: [from: string, kind: keyof RefusedSignals][] = [];
  tamper: Tampering = (text) => [text];

  constructor(network: FakeNetwork, one: Person) {
    this.id = one.self.participantId;
    this.person = one;
    const { self, sealer, fingerprint } = one;
    this.mesh = new Mesh({
      meetingId,
      self,
      sealer,
      tracks: {},
      clock: network.clock,
      openConnection: (options, listener) =>
        new FakeWire(network, this, options, listener, fingerprint),
      iceServers: () => [],
      toServer: (to, sealed) => {
        if (!network.hasServer) return;
        network.relayed += 1;
        const addressee = network.pages.find(({ id }) => id === to);
        void addressee?.mesh.accept(this.id, sealed);
      },
      listener: {
        onBoard: () => undefined,
        onLink: ({ participantId, standing }) => this.standings.set(participantId, standing),
        onLevel: () => undefined,
        onStandings: ({ from, links }) => this.told.set(from, links),
        onRefused: (from, kind) => this.refused.push([from, kind]),
      },
    });
    this.mesh.setConnected(true);
  }

  works(other: FakePage): boolean {
    return ['ok', 'weak'].includes(this.standings.get(other.id) ?? '');
  }
}
