/** Calls back when `track` has its first picture, unless the returned function is called before. */
export type AwaitPicture = (track: MediaStreamTrack, onPicture: () => void) => () => void;

/**
 * One stream that goes on while its track is replaced, as when a link is made anew: the old track's last picture stays until the new
 * one has something to show, so that nothing flashes and nothing on screen begins anew.
 */
export class SteadyPicture {
  readonly #awaitPicture: AwaitPicture;
  #stream: MediaStream | null = null;
  #track: MediaStreamTrack | null = null;
  #cancel: (() => void) | null = null;

  constructor(awaitPicture: AwaitPicture = awaitFirstFrame) {
    this.#awaitPicture = awaitPicture;
  }

  /** What to draw for `track` from now on. Where nothing is seen at the moment, there is nothing to wait for. */
  show(track: MediaStreamTrack | null, isSeen: boolean): MediaStream | null {
    const isSettled = isSeen || this.#cancel === null;
    // Between two connections a link has no tracks for a moment.
    if ((track === this.#track && isSettled) || (track === null && isSeen)) return this.#stream;
    this.close();
    this.#track = track;
    if (track === null) this.#stream = null;
    else if (this.#stream === null) this.#stream = new MediaStream([track]);
    else if (isSeen) this.#cancel = this.#awaitPicture(track, () => this.#replace(track));
    else this.#replace(track);
    return this.#stream;
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #replace(track: MediaStreamTrack): void {
    this.#cancel = null;
    // Removed first: both may have the id that the sender's camera has, and Chromium adds no second track of the same id.
    for (const old of this.#stream?.getTracks() ?? []) this.#stream?.removeTrack(old);
    this.#stream?.addTrack(track);
  }
}

/** Plays the track where nobody sees it until it has a frame. */
function awaitFirstFrame(track: MediaStreamTrack, onPicture: () => void): () => void {
  const trial = document.createElement('video');
  const stop = () => {
    trial.removeEventListener('loadeddata', begin);
    trial.srcObject = null;
  };
  const begin = () => {
    stop();
    onPicture();
  };
  trial.addEventListener('loadeddata', begin);
  trial.muted = true;
  trial.srcObject = new MediaStream([track]);
  // Silent video plays anywhere; where it does not, the element loads its first frame all the same.
  trial.play().catch(() => undefined);
  return stop;
}
