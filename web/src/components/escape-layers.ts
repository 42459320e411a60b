/** What has opened in a panel, the latest last: Escape closes one after the other, before it closes the panel. */
export class EscapeLayers {
  #closers: (() => void)[] = [];

  /** Something is open from now on that `close` closes; answers with what to call when it is closed, however it was. */
  open(close: () => void): () => void {
    this.#closers.push(close);
    return () => {
      this.#closers = this.#closers.filter((one) => one !== close);
    };
  }

  /** For the panel, which hears its keys before what is in it. */
  readonly onkeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // While an input method composes, Escape is its own.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari says it of the last key by this code alone
    const isComposing = event.isComposing || event.keyCode === 229;
    const close = isComposing ? undefined : this.#closers.at(-1);
    if (!isComposing && !close) return;
    event.stopPropagation();
    if (close) event.preventDefault();
    close?.();
  };
}
