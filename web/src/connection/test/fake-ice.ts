import type { ManualClock } from './manual-clock.ts';

const CONNECT_MS = 60;
const DISCONNECTED_MS = 6_000;
const FAILED_MS = 10_000;
const GIVE_UP_MS = 16_000;
const HANG_UP_MS = 30;

/** The way between two people's browsers: what connects, stays, breaks and is told about it when, as browsers do it. */
export class FakePath {
  readonly clock: ManualClock;
  readonly ends = new Map<string, FakeIce>();
  #up = true;

  constructor(clock: ManualClock) {
    this.clock = clock;
  }

  get up(): boolean {
    return this.#up;
  }

  set up(up: boolean) {
    this.#up = up;
    this.review();
  }

  review(): void {
    for (const end of this.ends.values()) end.review();
  }
}

export type FakeIceListener = { onState(state: RTCPeerConnectionState): void; onHungUp(): void };

/** One connection's ICE: whether it connects depends on both ends having each other's latest generation. */
export class FakeIce {
  readonly id: string;
  readonly #path: FakePath;
  readonly #listener: FakeIceListener;
  #state: RTCPeerConnectionState = 'new';
  /** As agreed, not as merely offered: `<id>.<number>` of this end and of the other. */
  #local = '';
  #remote = '';
  #knownCandidatesOf = '';
  /** Whose keys this end has: another connection's would be of no use to it. */
  #keysOf = '';
  #cancel: (() => void) | null = null;
  #awaited = '';

  constructor(id: string, path: FakePath, listener: FakeIceListener) {
    this.id = id;
    this.#path = path;
    this.#listener = listener;
    path.ends.set(id, this);
  }

  /** Both descriptions of a generation are there. */
  agree(local: string, remote: string): void {
    if (local !== this.#local) this.#awaited = '';
    this.#local = local;
    this.#remote = remote;
    if (this.#state !== 'connected') this.#become('connecting');
    this.#path.review();
  }

  addCandidate(generation: string): void {
    this.#knownCandidatesOf = generation;
    this.#path.review();
  }

  /** Whether something that the other end sends arrives here now. */
  get flows(): boolean {
    return this.#path.up && this.isConnected && this.#other?.isConnected === true;
  }

  get matches(): boolean {
    return this.#isAgreed && this.isConnected;
  }

  get isConnected(): boolean {
    return this.#state === 'connected';
  }

  close(): void {
    this.#cancel?.();
    const other = this.#isAgreed && this.#path.up ? this.#other : undefined;
    this.#state = 'closed';
    this.#path.ends.delete(this.id);
    if (other) this.#path.clock.after(HANG_UP_MS, () => other.#listener.onHungUp());
    this.#path.review();
  }

  review(): void {
    const talks = this.#path.up && this.#isAgreed;
    if (this.#state === 'connected') {
      if (talks) this.#await('', 0, 'connected');
      else this.#await('lost', DISCONNECTED_MS, 'disconnected');
    } else if (talks && this.#state !== 'failed' && this.#state !== 'closed')
      this.#await('connect', CONNECT_MS, 'connected');
    else if (this.#state === 'disconnected') this.#await('fail', FAILED_MS, 'failed');
    else if (this.#state === 'connecting') this.#await('give up', GIVE_UP_MS, 'failed');
  }

  get #other(): FakeIce | undefined {
    return this.#path.ends.get(this.#remote.split('.')[0] ?? '');
  }

  get #isAgreed(): boolean {
    const other = this.#other;
    if (!other || this.#remote === '') return false;
    const knowsCandidates =
      this.#knownCandidatesOf === other.#local && other.#knownCandidatesOf === this.#local;
    const knowsKeys =
      ['', other.id].includes(this.#keysOf) && ['', this.id].includes(other.#keysOf);
    return (
      knowsKeys && knowsCandidates && this.#remote === other.#local && other.#remote === this.#local
    );
  }

  /** One thing is waited for at a time; waiting for the same again changes nothing. */
  #await(what: string, ms: number, then: RTCPeerConnectionState): void {
    if (what === this.#awaited) return;
    this.#awaited = what;
    this.#cancel?.();
    if (what === '') return;
    this.#cancel = this.#path.clock.after(ms, () => {
      this.#awaited = '';
      this.#become(then);
      this.#path.review();
    });
  }

  #become(state: RTCPeerConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    if (state === 'connected') this.#keysOf = this.#other?.id ?? '';
    this.#awaited = '';
    this.#cancel?.();
    this.#listener.onState(state);
  }
}
