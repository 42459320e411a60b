/**
 * Keeps a video's last frame on a canvas above it while its connection is in trouble: browsers empty a video whose connection was
 * closed, and one that gets another track is empty until that has a frame.
 */
export class LastFrame {
  readonly #video: HTMLVideoElement;
  readonly #canvas: HTMLCanvasElement;
  #stopWaiting: () => void = () => undefined;
  /** Whether there has been anything to keep: what comes before somebody is reached at all is seen as it comes. */
  #hasShown = false;

  constructor(video: HTMLVideoElement, canvas: HTMLCanvasElement) {
    this.#video = video;
    this.#canvas = canvas;
    canvas.hidden = true;
  }

  /** Shows the latest frame from now on, whatever becomes of the video. */
  hold(): void {
    this.close();
    // What is there already stays, even if the video has been emptied in the meantime.
    if (this.#canvas.hidden) this.#draw();
    if (this.#hasShown || !this.#canvas.hidden) this.#atNextFrame(() => this.#follow());
  }

  /** Gives way to the video as soon as that has a new frame. */
  release(): void {
    this.close();
    this.#hasShown = true;
    if (!this.#canvas.hidden) this.#atNextFrame(() => (this.#canvas.hidden = true));
  }

  close(): void {
    this.#stopWaiting();
  }

  #follow(): void {
    this.#draw();
    this.#atNextFrame(() => this.#follow());
  }

  #draw(): void {
    const { videoWidth, videoHeight } = this.#video;
    if (videoWidth === 0) return;
    this.#canvas.width = videoWidth;
    this.#canvas.height = videoHeight;
    this.#canvas.getContext('2d')?.drawImage(this.#video, 0, 0);
    this.#canvas.hidden = false;
  }

  #atNextFrame(act: () => void): void {
    const handle = this.#video.requestVideoFrameCallback(act);
    this.#stopWaiting = () => this.#video.cancelVideoFrameCallback(handle);
  }
}
