import SimplePeer from 'simple-peer';

export type MeshPeerOptions = {
  initiator: boolean;
  config: RTCConfiguration;
  /** Called on the answering side when its transceivers exist and before its answer is made. */
  beforeAnswer: () => Promise<void>;
  onStateChange: (state: RTCPeerConnectionState) => void;
};

/**
 * simple-peer with what a mesh needs changed: a failed connection is reported instead of destroyed, an odd candidate is
 * passed over, and the answer accepts every section both ways. The only file that knows simple-peer and its insides.
 */
export class MeshPeer extends SimplePeer {
  readonly #beforeAnswer: () => Promise<void>;
  readonly #onStateChange: (state: RTCPeerConnectionState) => void;

  constructor({ initiator, config, beforeAnswer, onStateChange }: MeshPeerOptions) {
    super({ initiator, config, trickle: true });
    this.#beforeAnswer = beforeAnswer;
    this.#onStateChange = onStateChange;
  }

  /** Null after the end, and where the browser refused to make a connection. */
  get connection(): RTCPeerConnection | null {
    return this._pc ?? null;
  }

  /** Takes back an offer that was never answered, and makes another (R34). */
  async offerAgain(): Promise<void> {
    await this.connection?.setLocalDescription({ type: 'rollback' });
    if (this.connection === null) return;
    this._isNegotiating = false;
    this.negotiate();
  }

  /** At once. The library leaves a task in between for the sake of old browsers, and drawing would take that time. */
  override negotiate(): void {
    if (!this.initiator || this._isNegotiating) {
      super.negotiate();
      return;
    }
    this._isNegotiating = true;
    this.#describe();
  }

  protected override _createAnswer(): void {
    for (const transceiver of this.connection?.getTransceivers() ?? []) {
      if (transceiver.direction === 'recvonly') transceiver.direction = 'sendrecv';
    }
    void this.#beforeAnswer().then(() => {
      this.#describe();
    });
  }

  protected override _addIceCandidate(candidate: RTCIceCandidateInit): void {
    // One bad candidate is no reason to give up the others.
    this.connection?.addIceCandidate(candidate).catch(() => undefined);
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

  /** Offers or answers, whichever is due, in one step instead of the library's two. */
  #describe(): void {
    const { connection } = this;
    connection?.setLocalDescription().then(
      () => {
        const description = this.connection?.localDescription;
        if (description) this.emit('signal', { type: description.type, sdp: description.sdp });
      },
      (error: unknown) => {
        this.destroy(error instanceof Error ? error : undefined);
      },
    );
  }
}
