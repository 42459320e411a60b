import type { Candidate } from '@confab/protocol';
import { CandidateBatch } from './candidate-batch.ts';
import type { CameraEncoding } from './camera-encoding.ts';
import type { Clock } from './clock.ts';
import { LevelsChannel } from './levels-channel.ts';
import type {
  ChannelName,
  LinkConnection,
  LinkConnectionListener,
  LinkConnectionOptions,
} from './link-connection.ts';
import { MediaSections } from './media-sections.ts';
import type { Slot } from './meeting-events.ts';
import { MeshPeer } from './mesh-peer.ts';
import { withOpusDtx } from './opus-dtx.ts';
import { type Received, receivedIn } from './received.ts';
import { ofRelay, withoutAddresses } from './relay-only.ts';
import { SignalsChannel } from './signals-channel.ts';

/** What all connections of a page share. */
export type MediaConnectionSettings = {
  /** Always told explicitly, or the library would ask other people's servers. */
  iceServers: RTCIceServer[];
  certificate: RTCCertificate;
  /** Whether no address but relays' may be used or told (R50). */
  relayOnly: boolean;
  clock: Clock;
};

type Inside = { sections: MediaSections; levels: LevelsChannel; carried: SignalsChannel };

/** A link's connection in a real browser: a peer, its four media sections and its two agreed channels. */
export class MediaConnection implements LinkConnection {
  readonly #peer: MeshPeer;
  readonly #listener: LinkConnectionListener;
  readonly #candidates: CandidateBatch;
  /** Null where the browser refused to make a connection; the peer then ends by itself. */
  readonly #inside: Inside | null;
  #files: RTCDataChannel | undefined;
  #heard = 0;
  #isShown = false;
  #over = false;

  constructor(
    { iceServers, certificate, relayOnly, clock }: MediaConnectionSettings,
    options: LinkConnectionOptions,
    listener: LinkConnectionListener,
  ) {
    this.#listener = listener;
    this.#candidates = new CandidateBatch(clock, (candidates) => {
      this.#tell(() => listener.onSignal({ type: 'candidates', candidates }));
    });
    const peerWith = (servers: RTCIceServer[]) =>
      new MeshPeer({
        initiator: options.initiator,
        config: {
          iceServers: servers,
          certificates: [certificate],
          bundlePolicy: 'max-bundle',
          ...((relayOnly || (options.relayOnly && servers.some(isRelay))) && {
            iceTransportPolicy: 'relay',
          }),
        },
        beforeAnswer: () => this.#inside?.sections.useOffered(),
        // Not before: to draw takes time in which the other side waits.
        onAnswered: () => this.#showTracks(),
        onStateChange: (state) => {
          this.#tell(() => listener.onState(state));
          if (state === 'connected') this.#inside?.sections.growSoon();
        },
      });
    this.#peer = peerWith(iceServers);
    if (this.#peer.connection === null && iceServers.length > 0) {
      // For one address that it cannot read a browser refuses the whole connection. In one network people meet without any.
      this.#peer.on('error', (error) => console.warn('STUN and TURN are left out:', error.message));
      this.#peer = peerWith([]);
    }
    this.#peer.on('signal', (signal) => {
      if (signal.type === 'candidate') {
        // Browsers leave the others out by themselves; this is a promise of ours.
        const candidate = relayOnly ? ofRelay(signal.candidate) : signal.candidate;
        if (candidate) this.#candidates.add(candidate);
      } else {
        const sdp = relayOnly ? withoutAddresses(signal.sdp) : signal.sdp;
        this.#tell(() => listener.onSignal({ ...signal, sdp }));
      }
    });
    this.#peer.on('board', (channel) => this.#tell(() => listener.onBoard(channel)));
    // An error is always followed by `close`; without a listener it would be thrown.
    this.#peer.on('error', () => undefined);
    this.#peer.on('close', () => {
      this.#tell(() => listener.onEnd());
      this.close();
    });
    const { connection } = this.#peer;
    this.#inside = connection && {
      sections: new MediaSections(connection, clock, options),
      levels: new LevelsChannel(connection, clock, (byte) => {
        this.#heard += 1;
        this.#tell(() => listener.onLevel(byte));
      }),
      carried: new SignalsChannel(connection, {
        onOpen: (open) => this.#tell(() => listener.onCarriedOpen(open)),
        onText: (text) => {
          this.#heard += 1;
          this.#tell(() => listener.onCarried(text));
        },
      }),
    };
    if (options.initiator) {
      this.#inside?.sections.offer();
      // Not during construction: whoever opens the connection does not hold it yet.
      queueMicrotask(() => this.#showTracks());
    }
  }

  acceptDescription(type: 'offer' | 'answer', sdp: string): void {
    this.#peer.acceptDescription({ type, sdp: withOpusDtx(sdp) });
  }

  acceptCandidates(candidates: Candidate[]): void {
    for (const candidate of candidates) {
      const { usernameFragment = null } = candidate;
      this.#peer.acceptCandidate({ ...candidate, usernameFragment });
    }
  }

  restart(iceServers: RTCIceServer[] | null): void {
    this.#peer.restart(iceServers);
  }

  useIceServers(iceServers: RTCIceServer[]): void {
    this.#peer.useIceServers(iceServers);
  }

  async sendTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    await this.#inside?.sections.send(slot, track);
  }

  sendLevel(byte: number): void {
    this.#inside?.levels.send(byte);
  }

  sendCarried(text: string): boolean {
    return this.#inside?.carried.send(text) ?? false;
  }

  dataChannel(name: ChannelName): RTCDataChannel | null | undefined {
    const { connection } = this.#peer;
    if (name === 'board') return connection?.createDataChannel(name);
    return (this.#files ??= connection?.createDataChannel(name, { negotiated: true, id: 66 }));
  }

  encodeCamera(encoding: CameraEncoding): void {
    this.#inside?.sections.encodeCamera(encoding);
  }

  refreshPictures(): void {
    this.#inside?.sections.refresh();
  }

  async received(): Promise<Received | null> {
    // After a machine has slept, a browser may have closed it without a word.
    if (this.#peer.connection?.signalingState === 'closed') this.#peer.destroy();
    const report = await this.#inside?.sections.firstReceiver?.getStats();
    if (!report) return null;
    const received = receivedIn(report);
    // What came on the channels is known for certain, and not counted everywhere.
    return { ...received, bytes: received.bytes + this.#heard };
  }

  async stats(): Promise<RTCStatsReport | null> {
    return (await this.#peer.connection?.getStats()) ?? null;
  }

  close(): void {
    this.#over = true;
    this.#candidates.clear();
    this.#inside?.sections.close();
    this.#inside?.levels.close();
    this.#inside?.carried.close();
    this.#peer.destroy();
  }

  #showTracks(): void {
    const tracks = this.#isShown ? undefined : this.#inside?.sections.received;
    this.#isShown = true;
    if (tracks) this.#tell(() => this.#listener.onTracks(tracks));
  }

  #tell(news: () => void): void {
    if (!this.#over) news();
  }
}

function isRelay({ urls }: RTCIceServer): boolean {
  return [urls].flat().some((url) => /^turns?:/.test(url));
}
