/** A person's colour and pitch, as the page needs them. */
export type DrawnDevices = {
  rgb: [number, number, number];
  /** In Hz; null where the browser's own false microphone has the person's pitch. */
  pitch: number | null;
  size: { width: number; height: number; framesPerSecond: number };
  /** Says nothing: sound is sent all the same, too soft for anybody to be shown as speaking. */
  isSilent?: boolean;
};

/**
 * Runs in a page before its own scripts and answers for camera and microphone: a canvas of the person's colour, and an oscillator of
 * the person's pitch. For people who share a browser process (its flags would give all of them the same files), and for Firefox, which plays none. Must not refer to anything
 * outside itself.
 */
export function drawDevices({ rgb, pitch, size, isSilent }: DrawnDevices): void {
  if (!('mediaDevices' in navigator)) return;

  const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
    const tracks = [
      ...(constraints.audio ? await microphone(constraints.audio) : []),
      ...(constraints.video ? camera() : []),
    ];
    return new MediaStream(tracks);
  };

  function camera(): MediaStreamTrack[] {
    const canvas = document.createElement('canvas');
    canvas.width = size.width;
    canvas.height = size.height;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This page cannot draw.');
    const stream = canvas.captureStream(size.framesPerSecond);
    const [track] = stream.getVideoTracks();
    let step = 0;
    const timer = setInterval(() => {
      if (track?.readyState !== 'live') clearInterval(timer);
      context.fillStyle = `rgb(${rgb.join(' ')})`;
      context.fillRect(0, 0, size.width, size.height);
      context.fillStyle = 'rgb(255 255 255 / 0.1)';
      context.fillRect((step++ % 10) * (size.width / 10), 0, size.width / 10, size.height);
    }, 1_000 / size.framesPerSecond);
    return stream.getVideoTracks();
  }

  async function microphone(audio: boolean | MediaTrackConstraints): Promise<MediaStreamTrack[]> {
    if (pitch === null) return (await capture({ audio })).getAudioTracks();
    // Nothing of it is played: a speaker for each page costs more than the page.
    const context = new AudioContext({ sinkId: { type: 'none' } } as AudioContextOptions);
    const oscillator = new OscillatorNode(context, { frequency: pitch });
    const loudness = isSilent ? 0.0005 : 0.15;
    const volume = new GainNode(context, { gain: loudness });
    // Four beeps a second, like the files: a steady tone passes for noise.
    const beeps = new OscillatorNode(context, { type: 'square', frequency: 4 });
    const depth = new GainNode(context, { gain: loudness });
    const destination = context.createMediaStreamDestination();
    beeps.connect(depth).connect(volume.gain);
    oscillator.connect(volume).connect(destination);
    oscillator.start();
    beeps.start();
    return destination.stream.getAudioTracks();
  }
}
