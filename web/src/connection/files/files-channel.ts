import { type FileFrame, FrameMemory, decodeFrame, encodeFrame } from './file-frames.ts';
import { giveBack } from './give-back.ts';

const MOST_BUFFERED = 262_144;
const LITTLE_BUFFERED = 65_536;

export type FilesChannelListener = {
  /** Frames can be sent from now on. */
  onOpen(): void;
  /** Its bytes are gone afterwards. */
  onFrame(frame: FileFrame): void;
  /** There is room for more (see {@link FilesChannel.isFull}). */
  onRoom(): void;
};

/** A link's `files` channel (R86) with its frames. */
export class FilesChannel {
  /** The browser's own, by which one connection's is told from another's. */
  readonly inner: RTCDataChannel;
  /** Sending copies what is sent: one frame's room does for all. */
  readonly #memory = new FrameMemory();

  constructor(inner: RTCDataChannel, listener: FilesChannelListener) {
    this.inner = inner;
    inner.binaryType = 'arraybuffer';
    inner.bufferedAmountLowThreshold = LITTLE_BUFFERED;
    inner.onopen = () => listener.onOpen();
    inner.onbufferedamountlow = () => listener.onRoom();
    inner.onmessage = ({ data }: MessageEvent<unknown>) => {
      const frame = decodeFrame(data);
      if (frame === null) return;
      listener.onFrame(frame);
      // To give back a few bytes makes more garbage than they are.
      if (frame.type === 'piece') giveBack(data as ArrayBuffer);
    };
  }

  get isOpen(): boolean {
    return this.inner.readyState === 'open';
  }

  /** Whether what was sent still waits inside the browser; more would only wait there too. */
  get isFull(): boolean {
    return this.inner.bufferedAmount > MOST_BUFFERED;
  }

  /** Where the channel is not open, nothing is sent: whoever opens it anew asks again. */
  send(frame: FileFrame): void {
    if (this.isOpen) this.inner.send(encodeFrame(frame, this.#memory));
  }

  close(): void {
    this.inner.onopen = this.inner.onmessage = this.inner.onbufferedamountlow = null;
    this.inner.close();
  }
}
