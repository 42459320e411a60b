import type { Candidate } from '@confab/protocol';
import type {
  LinkConnection,
  LinkConnectionListener,
  LinkConnectionOptions,
  Tracks,
} from '../link-connection.ts';
import { Negotiation } from '../negotiation.ts';
import type { Received } from '../received.ts';
import { fakeSdp } from './fake-connection.ts';
import { FakeIce, type FakePath } from './fake-ice.ts';

let connections = 0;

/** A connection without a browser that negotiates as the real one does, over a {@link FakePath}. */
export class FakeIceConnection implements LinkConnection {
  readonly ice: FakeIce;
  readonly tracks = { camera: {} } as unknown as Tracks;
  readonly isInitiator: boolean;
  restarts = 0;
  closed = false;
  readonly #path: FakePath;
  readonly #random: () => number;
  readonly #listener: LinkConnectionListener;
  readonly #negotiation: Negotiation;
  #signalingState: RTCSignalingState = 'stable';
  #generations = 0;
  #local: RTCSessionDescription | null = null;
  #remote: RTCSessionDescriptionInit | null = null;
  #bytes = 0;
  #receivedAt = 0;

  constructor(
    { initiator }: LinkConnectionOptions,
    listener: LinkConnectionListener,
    { path, random, fingerprint }: { path: FakePath; random: () => number; fingerprint: string },
  ) {
    connections += 1;
    this.isInitiator = initiator;
    this.#path = path;
    this.#random = random;
    this.#listener = listener;
    this.ice = new FakeIce(`${initiator ? 'a' : 'b'}${connections}`, path, {
      onState: (state) => this.#unlessClosed(() => listener.onState(state)),
      onHungUp: () => this.end(),
    });
    this.#negotiation = new Negotiation({
      connection: () => (this.closed ? null : this.#asBrowser(fingerprint)),
      beforeAnswer: () => undefined,
      onAnswered: () => undefined,
      tell: ({ type, sdp }) => {
        if (type !== 'offer' && type !== 'answer') throw new Error(`a ${type} is nothing to tell`);
        listener.onSignal({ type, sdp });
        this.#tellCandidates();
      },
      fail: () => this.end(),
    });
    queueMicrotask(() => listener.onTracks(this.tracks));
    if (initiator) queueMicrotask(() => this.#negotiation.offer());
  }

  acceptDescription(type: 'offer' | 'answer', sdp: string): void {
    this.#negotiation.accept({ type, sdp });
  }

  acceptCandidates(candidates: Candidate[]): void {
    for (const candidate of candidates)
      this.#negotiation.acceptCandidate(candidate as RTCIceCandidateInit);
  }

  useIceServers(): void {
    return;
  }

  restart(): void {
    this.restarts += 1;
    this.#negotiation.restart(null);
  }

  sendTrack(): Promise<void> {
    return Promise.resolve();
  }

  sendLevel(): void {
    return;
  }

  sendCarried(): boolean {
    return false;
  }

  encodeCamera(): void {
    return;
  }

  refreshPictures(): void {
    return;
  }

  received(): Promise<Received | null> {
    const now = this.#path.clock.now();
    if (this.ice.flows) {
      this.#bytes += 1_000;
      this.#receivedAt = now;
    }
    return Promise.resolve({ bytes: this.#bytes, checks: 0, age: now - this.#receivedAt });
  }

  dataChannel(): null {
    return null;
  }

  stats(): Promise<RTCStatsReport | null> {
    return Promise.resolve(null);
  }

  /** As when the browser ends it, or the other side's does. */
  end(): void {
    this.#unlessClosed(() => {
      this.close();
      this.#listener.onEnd();
    });
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.ice.close();
  }

  #tellCandidates(): void {
    const usernameFragment = this.#nameOf(this.#local?.sdp);
    const candidate = { candidate: 'x', sdpMid: '0', sdpMLineIndex: 0, usernameFragment };
    this.#path.clock.after(1 + this.#random() * 30, () =>
      this.#unlessClosed(() =>
        this.#listener.onSignal({ type: 'candidates', candidates: [candidate] }),
      ),
    );
  }

  /** As much of a browser's connection as {@link Negotiation} uses. Everything takes some milliseconds. */
  #asBrowser(fingerprint: string): RTCPeerConnection {
    const browser = {
      getTransceivers: () => [],
      restartIce: () => undefined,
      setLocalDescription: async (description?: RTCLocalSessionDescriptionInit) => {
        await this.#pause();
        if (description?.type === 'rollback') this.#signalingState = 'stable';
        else this.#describe(fingerprint);
      },
      setRemoteDescription: async (description: RTCSessionDescriptionInit) => {
        await this.#pause();
        const isOffer = description.type === 'offer';
        if (isOffer === (this.#signalingState !== 'stable')) throw new Error('wrong state');
        this.#remote = description;
        this.#signalingState = isOffer ? 'have-remote-offer' : 'stable';
        if (!isOffer) this.#agree();
      },
      addIceCandidate: ({ usernameFragment }: RTCIceCandidateInit) => {
        const isKnown = usernameFragment === this.#nameOf(this.#remote?.sdp);
        if (isKnown) this.ice.addCandidate(usernameFragment);
        return isKnown ? Promise.resolve() : Promise.reject(new Error('another generation'));
      },
    };
    const states = {
      signalingState: { get: () => this.#signalingState },
      localDescription: { get: () => this.#local },
      remoteDescription: { get: () => this.#remote },
    };
    return Object.defineProperties(browser, states) as unknown as RTCPeerConnection;
  }

  #describe(fingerprint: string): void {
    this.#generations += 1;
    const type = this.#signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    const sdp = fakeSdp(fingerprint, `${this.ice.id}.${this.#generations}`);
    this.#local = { type, sdp } as RTCSessionDescription;
    this.#signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
    if (type === 'answer') this.#agree();
  }

  #agree(): void {
    if (!this.closed)
      this.ice.agree(this.#nameOf(this.#local?.sdp), this.#nameOf(this.#remote?.sdp));
  }

  #nameOf(sdp = ''): string {
    return /^s=(.*)$/m.exec(sdp)?.[1]?.trim() ?? '';
  }

  #pause(): Promise<void> {
    return new Promise((done) => this.#path.clock.after(1 + this.#random() * 20, done));
  }

  #unlessClosed(action: () => void): void {
    if (!this.closed) action();
  }
}
