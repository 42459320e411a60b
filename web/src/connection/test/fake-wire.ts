import type { Candidate } from '@confab/protocol';
import type {
  LinkConnection,
  LinkConnectionListener,
  LinkConnectionOptions,
} from '../link-connection.ts';
import type { Received } from '../received.ts';
import { fakeSdp } from './fake-connection.ts';
import type { FakeNetwork } from './fake-network.ts';
import type { FakePage } from './fake-page.ts';

/** A link's connection between two pages of the network. */
export class FakeWire implements LinkConnection {
  readonly owner: FakePage;
  readonly #network: FakeNetwork;
  readonly #listener: LinkConnectionListener;
  readonly #initiator: boolean;
  readonly #fingerprint: string;
  readonly #name: string;
  #twin: FakeWire | null = null;
  /** With whom keys were agreed: a connection takes no others later. */
  #bound: FakeWire | null = null;
  /** How often the way had been cut when this end was last told the other's description. */
  #agreed = -1;
  #isUp = false;
  #closed = false;
  #arrived = 0;
  #arrivedAt = 0;

  constructor(
    network: FakeNetwork,
    owner: FakePage,
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

  useIceServers(): void {
    return;
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

  leads(from: FakePage, to: FakePage): boolean {
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

  refreshPictures(): void {
    // Nor is anything drawn.
  }

  received(): Promise<Received | null> {
    const now = this.#network.clock.now();
    if (this.#isUp) {
      this.#arrived += 1;
      this.#arrivedAt = now;
    }
    const arrived = this.#arrived;
    return Promise.resolve({ bytes: arrived, checks: arrived, age: now - this.#arrivedAt });
  }

  dataChannel(): null {
    return null;
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
