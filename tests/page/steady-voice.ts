/** Runs in a page before its own scripts and answers for the microphone: a tone without a pause, of this volume from 0 to 1. Must not refer to anything outside itself. */
export function speakSteadily({ pitch, volume }: { pitch: number; volume: number }): void {
  const { mediaDevices } = navigator;
  const capture = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (constraints = {}) => {
    if (!constraints.audio) return capture(constraints);
    const context = new AudioContext({ sinkId: { type: 'none' } } as AudioContextOptions);
    const tone = new OscillatorNode(context, { frequency: pitch });
    const destination = context.createMediaStreamDestination();
    tone.connect(new GainNode(context, { gain: volume })).connect(destination);
    tone.start();
    return Promise.resolve(destination.stream);
  };
}
