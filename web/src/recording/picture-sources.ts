import type { RecorderOrder } from './recorder-messages.ts';

type Send = (order: RecorderOrder, transferred: Transferable[]) => void;
type Source = { track: MediaStreamTrack; video?: HTMLVideoElement };

/** Absent in Firefox, whatever the types say. */
const hasProcessor = typeof MediaStreamTrackProcessor === 'function';

/** Brings the pictures of tracks to the worker: by themselves where the browser can, or else when the worker asks for them. */
export class PictureSources {
  /** Whether {@link give} has to be called for every picture. */
  readonly areAsked = !hasProcessor;
  readonly #send: Send;
  readonly #sources = new Map<string, Source>();

  constructor(send: Send) {
    this.#send = send;
  }

  /** Which tracks are seen from here on, by their tiles' keys. */
  show(wanted: Map<string, MediaStreamTrack>): void {
    for (const [key, { track }] of this.#sources) if (wanted.get(key) !== track) this.#forget(key);
    for (const [key, track] of wanted)
      if (!this.#sources.has(key) && track.readyState === 'live') this.#follow(key, track);
  }

  /** Sends the picture that each of them shows now. */
  give(): void {
    for (const [key, { video }] of this.#sources)
      if (video && video.readyState >= video.HAVE_CURRENT_DATA && video.videoWidth > 0) {
        const picture = new VideoFrame(video);
        this.#send({ what: 'picture', key, picture }, [picture]);
      }
  }

  close(): void {
    this.show(new Map());
  }

  #follow(key: string, track: MediaStreamTrack): void {
    if (!hasProcessor) {
      const video = document.createElement('video');
      video.muted = true;
      video.srcObject = new MediaStream([track]);
      // What cannot be played shows initials instead.
      video.play().catch(() => undefined);
      this.#sources.set(key, { track, video });
      return;
    }
    this.#sources.set(key, { track });
    const { readable: pictures } = new MediaStreamTrackProcessor({
      track: track as MediaStreamVideoTrack,
      maxBufferSize: 1,
    });
    this.#send({ what: 'pictures', key, pictures }, [pictures]);
  }

  #forget(key: string): void {
    const video = this.#sources.get(key)?.video;
    if (video) video.srcObject = null;
    this.#sources.delete(key);
    this.#send({ what: 'forget', key }, []);
  }
}
