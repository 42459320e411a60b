import type { Candidate } from '@confab/protocol';
import type { KnownParticipant } from '../known-participant.ts';
import type {
  LinkConnection,
  LinkConnectionListener,
  LinkConnectionOptions,
} from '../link-connection.ts';
import type { RefusedSignals } from '../meeting-events.ts';
import { Mesh } from '../mesh.ts';
import type { Received } from '../received.ts';
import { fakeSdp } from './fake-connection.ts';
import { ManualClock } from './manual-clock.ts';
import { id, meetingId, person } from './sealed-people.ts';

export type Person = Awaited<ReturnType<typeof person>>;
/** What becomes of a text that this person's page sends to another over their link. */
export type Tampering = (text: string, to: string) => string[];

const STEP_MS = 50;

/** Some people with a mesh each, the ways between them, and a server that only relays, all in a test's hands. */
export class FakeNetwork {
  readonly clock = new ManualClock();
  readonly pages: Page[] = [];
  /** What went over the links' `signals` channels since the last {@link forgetTraffic}. */
  traffic: { from: string; to: string; text: string }[] = [];
  relayed = 0;
  hasServer = true;
  readonly #wires = new Map<string, Wire>();
  readonly #cuts = new Map<string, number>();

  static async of(count: number): Promise<FakeNetwork> {
    const network = new FakeNetwork();
    for (let index = 0; index < count; index++) {
      network.pages.push(new Page(network, await person(10 + index, index + 1)));
    }
    network.announce();
    await network.until('everybody is connected', () =>
      network.pages.every((one) => network.others(one).every((other) => one.works(other))),
    );
    return network;
  }

  others(page: Page): Page[] {
    return this.pages.filter((one) => one !== page);
  }

  /** Tells everybody who is there, as the server does. */
  announce(isPresent: (page: Page) => boolean = () => true): void {
    const known = this.pages.map((page): KnownParticipant => ({
      ...page.person.known,
      presence: isPresent(page) ? 'present' : 'reconnecting',
    }));
    for (const page of this.pages) page.mesh.reconcile(known);
  }

  /** Tells some of them that only those are in the meeting. */
  announceTo(pages: Page[], isInMeeting: (page: Page) => boolean): void {
    const known = this.pages.filter(isInMeeting).map(({ person: { known: one } }) => one);
    for (const page of pages) page.mesh.reconcile(known);
  }

  /** Takes somebody's network away, the way to the server included; they are not told of anything. */
  cutOff(page: Page): void {
    page.mesh.setConnected(false);
    for (const other of this.others(page)) this.cut(page, other);
  }

  /** Somebody closes their page, and is gone for everybody. */
  leave(page: Page): void {
    page.mesh.close();
    this.pages.splice(this.pages.indexOf(page), 1);
    this.announce();
  }

  /** Another page load of the same person in the same seat. */
  async reload(page: Page): Promise<Page> {
    const index = this.pages.indexOf(page);
    const again = await person(10 + index, index + 1, id(200 + index));
    page.mesh.close();
    const loaded = new Page(this, again);
    this.pages[index] = loaded;
    this.announce();
    return loaded;
  }

  stopServer(): void {
    this.hasServer = false;
    for (const { mesh } of this.pages) mesh.setConnected(false);
  }

  startServer(): void {
    this.hasServer = true;
    for (const { mesh } of this.pages) mesh.setConnected(true);
  }

  forgetTraffic(): void {
    this.traffic = [];
  }

  /** Breaks the way between two people; only what they agree on afterwards finds another. */
  cut(one: Page, other: Page): void {
    const pair = pairOf(one.id, other.id);
    this.#cuts.set(pair, this.cutsBetween(one.id, other.id) + 1);
    for (const wire of this.#wires.values()) if (wire.isBetween(one.id, other.id)) wire.break();
  }

  cutsBetween(one: string, other: string): number {
    return this.#cuts.get(pairOf(one, other)) ?? 0;
  }

  /** Has `from` say `text` on its link to `to`, whatever its mesh thinks of that. */
  say(from: Page, to: Page, text: string): void {
    for (const wire of this.#wires.values()) if (wire.leads(from, to)) wire.say(text);
  }

  wire(name: string): Wire | undefined {
    return this.#wires.get(name);
  }

  add(wire: Wire): string {
    const name = `w${this.#wires.size}`;
    this.#wires.set(name, wire);
    return name;
  }

  /** Lets time pass, and what is sealed meanwhile be opened, until `isSo`. */
  async until(what: string, isSo: () => boolean, mostMs = 120_000): Promise<void> {
    const end = this.clock.now() + mostMs;
    while (!isSo()) {
      if (this.clock.now() >= end)
        throw new Error(`Within ${mostMs} ms it did not come to this: ${what}.`);
      await this.pass(STEP_MS);
    }
  }

  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    while (this.clock.now() < end) {
      const now = this.clock.now();
      this.clock.advance(Math.min(Math.max(STEP_MS, this.clock.next - now), end - now));
      for (let turn = 0; turn < 2; turn++) await new Promise((next) => setTimeout(next));
    }
  }
}

/** One person's page: its mesh, and what it was told. */
export class Page {
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
        new Wire(network, this, options, listener, fingerprint),
      iceServers: () => [],
      toServer: (to, sealed) => {
        if (!network.hasServer) return;
        network.relayed += 1;
        const addressee = network.pages.find(({ id }) => id === to);
        void addressee?.mesh.accept(this.id, sealed);
      },
      listener: {
        onLink: ({ participantId, standing }) => this.standings.set(participantId, standing),
        onLevel: () => undefined,
        onStandings: ({ from, links }) => this.told.set(from, links),
        onRefused: (from, kind) => this.refused.push([from, kind]),
      },
    });
    this.mesh.setConnected(true);
  }

  works(other: Page): boolean {
    return ['ok', 'weak'].includes(this.standings.get(other.id) ?? '');
  }
}

/** A link's connection between two pages of the network. */
class Wire implements LinkConnection {
  readonly owner: Page;
  readonly #network: FakeNetwork;
  readonly #listener: LinkConnectionListener;
  readonly #initiator: boolean;
  readonly #fingerprint: string;
  readonly #name: string;
  #twin: Wire | null = null;
  /** With whom keys were agreed: a connection takes no others later. */
  #bound: Wire | null = null;
  /** How often the way had been cut when this end was last told the other's description. */
  #agreed = -1;
  #isUp = false;
  #closed = false;
  #arrived = 0;

  constructor(
    network: FakeNetwork,
    owner: Page,
    { initiator }: LinkConnectionOptions,
    listener: LinkConnectionListener,
    fingerprint: string,
  ) {
    this.#network = network;
    this.owner = owner;
    this.#listener = listener;
    this.#initiator = initiator;
    this.#fingerprint = fingerprint;
    this.#name = network.add(this);
    if (initiator) queueMicrotask(() => this.#describe('offer'));
  }

  isBetween(one: string, other: string): boolean {
    const ends = [this.owner.id, this.#twin?.owner.id];
    return ends.includes(one) && ends.includes(other);
  }

  acceptDescription(type: 'offer' | 'answer', sdp: string): void {
    const name = /^s=(.*)$/m.exec(sdp)?.[1]?.trim() ?? '';
    this.#twin = this.#network.wire(name) ?? null;
    if (!this.#twin || this.#closed) return;
    this.#agreed = this.#network.cutsBetween(this.owner.id, this.#twin.owner.id);
    if (type === 'offer') this.#describe('answer');
    this.#twin.#connect();
    this.#connect();
  }

  acceptCandidates(_candidates: Candidate[]): void {
    // The ways of this network need none.
  }

  restart(): void {
    this.#describe('offer');
  }

  break(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#listener.onState('disconnected');
  }

  sendTrack(): Promise<void> {
    return Promise.resolve();
  }

  sendLevel(): void {
    // Nobody listens here.
  }

  leads(from: Page, to: Page): boolean {
    return !this.#closed && this.owner === from && this.#twin?.owner === to;
  }

  sendCarried(text: string): boolean {
    const twin = this.#twin;
    if (this.#closed || !twin) return false;
    for (const sent of this.owner.tamper(text, twin.owner.id)) this.say(sent);
    return true;
  }

  say(text: string): void {
    const twin = this.#twin;
    if (!this.#isUp || !twin) return;
    this.#network.traffic.push({ from: this.owner.id, to: twin.owner.id, text });
    queueMicrotask(() => twin.#hear(text));
  }

  encodeCamera(): void {
    // Nothing is filmed here.
  }

  received(): Promise<Received | null> {
    if (this.#isUp) this.#arrived += 1;
    return Promise.resolve({ bytes: this.#arrived, checks: this.#arrived });
  }

  stats(): Promise<RTCStatsReport | null> {
    return Promise.resolve(null);
  }

  close(): void {
    this.#closed = true;
    this.#isUp = false;
  }

  #hear(text: string): void {
    if (!this.#closed) this.#listener.onCarried(text);
  }

  #connect(): void {
    const twin = this.#twin;
    if (this.#closed || !twin || twin.#twin !== this || this.#agreed !== twin.#agreed) return;
    if (this.#agreed !== this.#network.cutsBetween(this.owner.id, twin.owner.id)) return;
    const isStrange = (this.#bound ?? twin) !== twin || (twin.#bound ?? this) !== this;
    if (this.#isUp || isStrange) return;
    this.#isUp = true;
    this.#bound = twin;
    this.#listener.onState('connected');
    this.#listener.onCarriedOpen(true);
  }

  #describe(type: 'offer' | 'answer'): void {
    if (this.#closed || (type === 'offer') !== this.#initiator) return;
    this.#listener.onTracks({});
    this.#listener.onSignal({ type, sdp: fakeSdp(this.#fingerprint, this.#name) });
  }
}

function pairOf(one: string, other: string): string {
  return [one, other].sort().join(' ');
}
