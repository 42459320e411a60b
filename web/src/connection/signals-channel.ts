import { MAX_CARRIED } from '@confab/protocol';

const CHANNEL_ID = 65;
const MOST_BUFFERED = 1_048_576;

export type SignalsChannelListener = {
  onOpen(open: boolean): void;
  /** As it came: whoever gets it checks it (R33). */
  onText(text: string): void;
};

/** The channel on which a link's two ends talk without the server (R33). Both ends must open it. */
export class SignalsChannel {
  readonly #channel: RTCDataChannel;

  constructor(connection: RTCPeerConnection, listener: SignalsChannelListener) {
    this.#channel = connection.createDataChannel('signals', { negotiated: true, id: CHANNEL_ID });
    this.#channel.onopen = () => listener.onOpen(true);
    this.#channel.onclose = () => listener.onOpen(false);
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string' && data.length <= MAX_CARRIED) listener.onText(data);
    };
  }

  /** Whether it is on its way: not where the channel is not open, or more than 1 MiB still waits to leave. */
  send(text: string): boolean {
    if (this.#channel.readyState !== 'open' || text.length > MAX_CARRIED) return false;
    if (this.#channel.bufferedAmount > MOST_BUFFERED) return false;
    this.#channel.send(text);
    return true;
  }

  close(): void {
    this.#channel.close();
  }
}
