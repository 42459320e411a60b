import SimplePeer from 'simple-peer';

export type MeshPeerOptions = {
  initiator: boolean;
  config: RTCConfiguration;
  /** Called on the answering side when its transceivers exist and before its answer is made. */
  beforeAnswer: () => Promise<void>;
  onStateChange: (state: RTCPeerConnectionState) => void;
};

type Description = { type: 'offer' | 'answer'; sdp: string };

/**
 * simple-peer with what a mesh needs changed: a failed connection is reported instead of destroyed, ICE restarts, descriptions are
 * taken one after the other, an odd candidate is passed over. The only file that knows simple-peer and its insides.
 */
export class MeshPeer extends SimplePeer {
  readonly #beforeAnswer: () => Promise<void>;
  readonly #onStateChange: (state: RTCPeerConnectionState) => void;
  #turn: Promise<void> = Promise.resolve();
  /** Offers that are being made, and that have come in. */
  #offering = 0;
  #offered = 0;

  constructor({ initiator, config, beforeAnswer, onStateChange }: MeshPeerOptions) {
    super({ initiator, config, trickle: true });
    this.#beforeAnswer = beforeAnswer;
    this.#onStateChange = onStateChange;
  }

  /** Null after the end, and where the browser refused to make a connection. */
  get connection(): RTCPeerConnection | null {
    return this._pc ?? null;
  }

  /** An answer to an offer that is being replaced, or that was answered already, is passed over. */
  acceptDescription(description: Description): void {
    if (description.type === 'offer') this.#acceptOffer(description);
    else if (this.#offering === 0) {
      this.#next(async (connection) => {
        if (connection.signalingState !== 'have-local-offer') return;
        await this.#use(connection, description);
      });
    }
  }

  acceptCandidate(candidate: RTCIceCandidateInit): void {
    if (this.connection === null || this.destroying) return;
    if (this.connection.remoteDescription) this._addIceCandidate(candidate);
    else this._pendingCandidates.push(candidate);
  }

  /** Offers an ICE restart (R31), with other ICE servers unless null. An offer without answer is taken back (R34). */
  restart(iceServers: RTCIceServer[] | null): void {
    this.#offer(async (connection) => {
      if (connection.signalingState === 'have-local-offer')
        await connection.setLocalDescription({ type: 'rollback' });
      if (iceServers) useServers(connection, iceServers);
      connection.restartIce();
    });
  }

  /** At once. The library leaves a task in between for the sake of old browsers, and drawing would take that time. */
  override negotiate(): void {
    if (this.initiator) this.#offer(() => Promise.resolve());
  }

  protected override _addIceCandidate(candidate: RTCIceCandidateInit): void {
    // One bad candidate, or one of an older generation, is no reason to give up the others.
    this.connection?.addIceCandidate(candidate).catch(() => undefined);
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
    if (this._channel) event.channel.close();
    else super._setupData(event);
  }

  #acceptOffer(offer: Description): void {
    this.#offered += 1;
    const number = this.#offered;
    this.#next(async (connection) => {
      if (number !== this.#offered) return;
      await this.#use(connection, offer);
      for (const transceiver of connection.getTransceivers())
        if (transceiver.direction === 'recvonly') transceiver.direction = 'sendrecv';
      await this.#beforeAnswer();
      await connection.setLocalDescription();
      // Another offer has come meanwhile: this answer would pass for one to that.
      if (number === this.#offered) this.#tellDescription();
    });
  }

  #offer(prepare: (connection: RTCPeerConnection) => Promise<void>): void {
    this.#offering += 1;
    this.#next(async (connection) => {
      await prepare(connection);
      await connection.setLocalDescription();
      this.#offering -= 1;
      if (this.#offering === 0) this.#tellDescription();
    });
  }

  async #use(connection: RTCPeerConnection, description: Description): Promise<void> {
    await connection.setRemoteDescription(description);
    for (const candidate of this._pendingCandidates.splice(0)) this._addIceCandidate(candidate);
  }

  #tellDescription(): void {
    const description = this.connection?.localDescription;
    if (description) this.emit('signal', { type: description.type, sdp: description.sdp });
  }

  /** After whatever is being described now. What the browser refuses ends it. */
  #next(step: (connection: RTCPeerConnection) => Promise<void>): void {
    this.#turn = this.#turn.then(async () => {
      const { connection } = this;
      if (connection === null || this.destroying) return;
      await step(connection).catch((error: unknown) => {
        this.destroy(error instanceof Error ? error : undefined);
      });
    });
  }
}

/** Credentials that are refused leave the connection with those it has. */
function useServers(connection: RTCPeerConnection, iceServers: RTCIceServer[]): void {
  try {
    connection.setConfiguration({ ...connection.getConfiguration(), iceServers });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
