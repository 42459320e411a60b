/** One end of a data channel without a connection: what it sends is delivered when the way works, in order, as far as `deliver` is asked to. */
export class FakeChannel {
  readyState: RTCDataChannelState = 'connecting';
  binaryType = '';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;
  /** Everything that was ever sent. */
  readonly sent: ArrayBuffer[] = [];
  readonly #waiting: ArrayBuffer[] = [];
  twin: FakeChannel | null = null;

  open(): void {
    this.readyState = 'open';
    this.onopen?.();
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    const copy = bytes.slice().buffer;
    this.sent.push(copy);
    this.#waiting.push(copy);
  }

  close(): void {
    this.readyState = 'closed';
  }

  /** Hands over what waits; false if nothing did. */
  deliver(): boolean {
    const all = this.#waiting.splice(0);
    // Whoever gets it may give it back.
    for (const data of all) this.twin?.onmessage?.({ data: data.slice(0) });
    return all.length > 0;
  }
}

/** The two ends of a channel, open. */
export function pairedChannels(): [FakeChannel, FakeChannel] {
  const pair: [FakeChannel, FakeChannel] = [new FakeChannel(), new FakeChannel()];
  [pair[0].twin, pair[1].twin] = [pair[1], pair[0]];
  return pair;
}
