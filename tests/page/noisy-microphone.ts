declare global {
  interface Window {
    /** What the microphone hears: the hiss of a fan, or syllables. */
    microphoneHears: (what: 'hiss' | 'voice') => void;
  }
}

/** Runs in a page before its own scripts and answers for the microphone, whose sound can be changed. Must not refer to anything outside itself. */
export function hearNoise(): void {
  const { mediaDevices } = navigator;
  const capture = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (constraints = {}) =>
    constraints.audio ? Promise.resolve(microphone()) : capture(constraints);

  function microphone(): MediaStream {
    const context = new AudioContext({ sampleRate: 48_000 });
    const destination = context.createMediaStreamDestination();
    const hiss = new GainNode(context, { gain: 0.1 });
    const voice = new GainNode(context, { gain: 0 });
    window.microphoneHears = (what) => {
      hiss.gain.value = what === 'hiss' ? 0.1 : 0;
      voice.gain.value = what === 'voice' ? 1 : 0;
    };

    const play = (samples: Float32Array<ArrayBuffer>, through: AudioNode) => {
      const buffer = context.createBuffer(1, samples.length, context.sampleRate);
      buffer.copyToChannel(samples, 0);
      const source = new AudioBufferSourceNode(context, { buffer, loop: true });
      source.connect(through).connect(destination);
      source.start();
    };
    const { sampleRate: rate } = context;
    play(
      Float32Array.from({ length: rate }, () => Math.random() * 2 - 1),
      hiss,
    );
    play(vowels(rate), voice);
    return destination.stream;
  }

  /** Syllables as a throat makes them: pulses of falling pitch through the resonances of a mouth (Klatt 1980, in cascade). */
  function vowels(rate: number): Float32Array<ArrayBuffer> {
    const mouths = [
      [730, 1_090, 2_440, 3_400, 4_500],
      [270, 2_290, 3_010, 3_500, 4_500],
      [300, 870, 2_240, 3_300, 4_500],
      [530, 1_840, 2_480, 3_400, 4_500],
    ];
    const bandwidths = [80, 90, 120, 180, 250];
    const length = Math.round(rate * 0.3);
    const samples = new Float32Array(mouths.length * length);
    for (const [syllable, formants] of mouths.entries()) {
      const past = formants.map(() => [0, 0] as [number, number]);
      let phase = 0;
      for (let index = 0; index < length * 0.85; index++) {
        const share = index / (length * 0.85);
        phase += (150 - 10 * syllable - 25 * share) / rate;
        let pressure = Math.random() * 0.02;
        if (phase >= 1) {
          phase -= 1;
          pressure += 1;
        }
        for (const [order, frequency] of formants.entries()) {
          const radius = Math.exp((-Math.PI * (bandwidths[order] ?? 0)) / rate);
          const turn = 2 * radius * Math.cos((2 * Math.PI * frequency) / rate);
          const [last, before] = past[order] ?? [0, 0];
          pressure =
            (1 - turn + radius * radius) * pressure + turn * last - radius * radius * before;
          past[order] = [pressure, last];
        }
        samples[syllable * length + index] = pressure * Math.sqrt(Math.sin(Math.PI * share));
      }
    }
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    return samples.map((sample) => (sample / peak) * 0.5);
  }
}
