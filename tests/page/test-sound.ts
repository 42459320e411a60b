declare global {
  interface Window {
    /** What the page's own sound was heard to be: on which output, and how loud at most (1 is full scale). */
    testSound?: { sink: string; loudest: number };
  }
}

/** Runs in a page; must not refer to anything outside itself. Listens to what is played by an element that nobody sees. */
export function hearTestSound(): void {
  const play = Reflect.get(HTMLMediaElement.prototype, 'play');
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    if (this.src.startsWith('blob:'))
      this.addEventListener('playing', () => listen(this), { once: true });
    return play.call(this);
  };

  function listen(element: HTMLMediaElement): void {
    const heard = { sink: element.sinkId, loudest: 0 };
    window.testSound = heard;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    const { captureStream } = element as unknown as { captureStream: () => MediaStream };
    context.createMediaStreamSource(captureStream.call(element)).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      heard.loudest = Math.max(heard.loudest, ...samples);
    }, 20);
    const end = () => {
      clearInterval(timer);
      void context.close();
    };
    element.addEventListener('ended', end, { once: true });
  }
}
