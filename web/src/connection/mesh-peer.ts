import SimplePeer from 'simple-peer';
import { type Description, Negotiation } from './negotiation.ts';

export type MeshPeerOptions = {
  initiator: boolean;
  config: RTCConfiguration;
  /** See {@link NegotiationOptions}. */
  beforeAnswer: () => void;
  onAnswered: () => void;
  onStateChange: (state: RTCPeerConnectionState) => void;
};

/**
 * simple-peer with what a mesh needs changed: a failed connection is reported instead of destroyed, ICE restarts, and descriptions are
 * agreed as {@link Negotiation} does. The only file that knows simple-peer and its insides.
 */
export class MeshPeer extends SimplePeer {
  readonly #onStateChange: (state: RTCPeerConnectionState) => void;
  readonly #negotiation: Negotiation;

  constructor({ initiator, config, beforeAnswer, onAnswered, onStateChange }: MeshPeerOptions) {
    super({ initiator, config, trickle: true });
    this.#onStateChange = onStateChange;
    this.#negotiation = new Negotiation({
      connection: () => (this.destroying ? null : this.connection),
      beforeAnswer,
      onAnswered,
      tell: ({ type, sdp }) => this.emit('signal', { type, sdp }),
      fail: (error) => this.destroy(error instanceof Error ? error : undefined),
    });
    // The library listens at one end alone, and both may open the board's.
    if (this.connection) this.connection.ondatachannel = (event) => this._setupData(event);
  }

  /** Null after the end, and where the browser refused to make a connection. */
  get connection(): RTCPeerConnection | null {
    return this._pc ?? null;
  }

  /** See {@link Negotiation.accept}. */
  acceptDescription(description: Description): void {
    this.#negotiation.accept(description);
  }

  acceptCandidate(candidate: RTCIceCandidateInit): void {
    this.#negotiation.acceptCandidate(candidate);
  }

  /** See {@link Negotiation.restart}. */
  restart(iceServers: RTCIceServer[] | null): void {
    this.#negotiation.restart(iceServers);
  }

  /** See {@link Negotiation.useServers}. */
  useIceServers(iceServers: RTCIceServer[]): void {
    this.#negotiation.useServers(iceServers);
  }

  /** At once. The library leaves a task in between for the sake of old browsers, and drawing would take that time. */
  override negotiate(): void {
    if (this.initiator) this.#negotiation.offer();
  }

  protected override _onIceCandidate({ candidate }: RTCPeerConnectionIceEvent): void {
    // An empty one says that a generation is complete, which the other side need not know.
    if (!candidate?.candidate || this.destroyed) return;
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    this.emit('signal', {
      type: 'candidate',
      candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment },
    });
  }

  protected override _onConnectionStateChange(): void {
    if (this.connection) this.#onStateChange(this.connection.connectionState);
  }

  protected override _onIceStateChange(): void {
    if (this.connection?.iceConnectionState !== 'failed') super._onIceStateChange();
  }

  // It would read statistics to tell of a connection whose state is known already.
  protected override _maybeReady(): void {
    return;
  }

  // Links say nothing on this channel; what arrives unasked would pile up unread.
  protected override _onChannelMessage(): void {
    return;
  }

  protected override _setupData(event: { channel: RTCDataChannel }): void {
    if (event.channel.label === 'board') this.emit('board', event.channel);
    else if (this._channel) event.channel.close();
    else super._setupData(event);
  }
}
