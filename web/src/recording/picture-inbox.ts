/** The latest picture of everybody, from wherever it comes. Older ones are closed at once: a camera has few to lend. */
export class PictureInbox {
  readonly #latest = new Map<string, VideoFrame>();
  readonly #readers = new Map<string, ReadableStreamDefaultReader<VideoFrame>>();

  latest(key: string): VideoFrame | undefined {
    return this.#latest.get(key);
  }

  put(key: string, picture: VideoFrame): void {
    this.#latest.get(key)?.close();
    this.#latest.set(key, picture);
  }

  /** Takes whatever `pictures` brings for `key`, instead of what came before. */
  follow(key: string, pictures: ReadableStream<VideoFrame>): void {
    this.forget(key);
    const reader = pictures.getReader();
    this.#readers.set(key, reader);
    void this.#read(key, reader);
  }

  forget(key: string): void {
    // The track behind it may be gone, and the stream in error with it.
    this.#readers
      .get(key)
      ?.cancel()
      .catch(() => undefined);
    this.#readers.delete(key);
    this.#latest.get(key)?.close();
    this.#latest.delete(key);
  }

  close(): void {
    for (const key of [...this.#latest.keys(), ...this.#readers.keys()]) this.forget(key);
  }

  async #read(key: string, reader: ReadableStreamDefaultReader<VideoFrame>): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        if (this.#readers.get(key) === reader) this.put(key, value);
        else value.close();
      }
    } catch {
      // The picture ended with its track; what is shown instead is said in the scene.
    }
  }
}
