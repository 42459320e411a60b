export type Description = { type: 'offer' | 'answer'; sdp: string };

export type NegotiationOptions = {
  /** Null once there is none any more. */
  connection: () => RTCPeerConnection | null;
  /** Called on the answering side when its transceivers exist and before its answer is made. */
  beforeAnswer: () => void;
  /** Called when an answer has been told. */
  onAnswered: () => void;
  /** To be told to the other side. */
  tell: (description: RTCSessionDescription) => void;
  /** The browser refused something; the connection is worth nothing any more. */
  fail: (error: unknown) => void;
};

/** What one connection is described by, step after step, whatever comes in between (R31, R34). */
export class Negotiation {
  readonly #options: NegotiationOptions;
  #turn: Promise<void> = Promise.resolve();
  /** Offers that are being made, and offers that have come in. */
  #offering = 0;
  #offered = 0;
  #early: RTCIceCandidateInit[] = [];

  constructor(options: NegotiationOptions) {
    this.#options = options;
  }

  offer(): void {
    this.#offer(() => Promise.resolve());
  }

  /**
   * Offers an ICE restart, with other ICE servers unless null. An offer without answer is taken back; the very first is told again as it is,
   * because nothing else holds the sections in their order.
   */
  restart(iceServers: RTCIceServer[] | null): void {
    this.#offer(async (connection) => {
      if (isFirstOffer(connection)) return;
      if (connection.signalingState === 'have-local-offer')
        await connection.setLocalDescription({ type: 'rollback' });
      if (iceServers) useServers(connection, iceServers);
      connection.restartIce();
    });
  }

  /** For what is gathered from now on. */
  useServers(iceServers: RTCIceServer[]): void {
    this.#next((connection) => {
      useServers(connection, iceServers);
      return Promise.resolve();
    });
  }

  /** An answer to an offer that is being replaced, or that was answered already, is passed over. */
  accept(description: Description): void {
    if (description.type === 'offer') this.#answer(description);
    else if (this.#offering === 0) {
      this.#next(async (connection) => {
        if (connection.signalingState === 'have-local-offer') await this.#use(description);
      });
    }
  }

  /** In its turn: the description that it belongs to may be waiting still. */
  acceptCandidate(candidate: RTCIceCandidateInit): void {
    this.#next((connection) => {
      if (connection.remoteDescription) add(connection, candidate);
      else this.#early.push(candidate);
      return Promise.resolve();
    });
  }

  #offer(prepare: (connection: RTCPeerConnection) => Promise<void>): void {
    this.#offering += 1;
    this.#next(async (connection) => {
      await prepare(connection);
      if (!isFirstOffer(connection)) await connection.setLocalDescription();
      this.#offering -= 1;
      if (this.#offering === 0) this.#tell();
    });
  }

  #answer(offer: Description): void {
    this.#offered += 1;
    const number = this.#offered;
    this.#next(async (connection) => {
      await this.#use(offer);
      for (const transceiver of connection.getTransceivers())
        if (transceiver.direction === 'recvonly') transceiver.direction = 'sendrecv';
      this.#options.beforeAnswer();
      await connection.setLocalDescription();
      // Another offer has come meanwhile: this answer would pass for one to that.
      if (number !== this.#offered) return;
      this.#tell();
      this.#options.onAnswered();
    });
  }

  async #use(description: Description): Promise<void> {
    const connection = this.#options.connection();
    await connection?.setRemoteDescription(description);
    if (connection) for (const candidate of this.#early.splice(0)) add(connection, candidate);
  }

  #tell(): void {
    const description = this.#options.connection()?.localDescription;
    if (description) this.#options.tell(description);
  }

  /** After whatever is being described now. */
  #next(step: (connection: RTCPeerConnection) => Promise<void>): void {
    this.#turn = this.#turn.then(async () => {
      const connection = this.#options.connection();
      await (connection && step(connection).catch(this.#options.fail));
    });
  }
}

function isFirstOffer({ signalingState, remoteDescription }: RTCPeerConnection): boolean {
  return signalingState === 'have-local-offer' && remoteDescription === null;
}

/** One odd candidate, or one of an older generation, is no reason to give up the others. */
function add(connection: RTCPeerConnection, candidate: RTCIceCandidateInit): void {
  connection.addIceCandidate(candidate).catch(() => undefined);
}

/** Credentials that the browser refuses leave the connection with those it has. */
function useServers(connection: RTCPeerConnection, iceServers: RTCIceServer[]): void {
  try {
    connection.setConfiguration({ ...connection.getConfiguration(), iceServers });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
