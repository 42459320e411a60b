import type { DrawnDevices } from './drawn-devices.ts';

/** What the tests may do to the second devices of a page. */
export type SecondDevices = {
  /** The second camera gives no frames from now on, without a word; the next time it is taken it gives some. */
  stallCamera: () => void;
};

declare global {
  interface Window {
    secondDevices: SecondDevices;
  }
}

/**
 * Runs in a page before its own scripts and plugs in, beside what is there, a second camera and a second microphone of another colour and
 * pitch, called `Second camera` and `Second microphone`. Must not refer to anything outside itself.
 */
export function plugInSecondDevices({ rgb, pitch }: Pick<DrawnDevices, 'rgb' | 'pitch'>): void {
  const [CAMERA, MICROPHONE] = ['second-camera', 'second-microphone'];
  const { mediaDevices } = navigator;
  const enumerate = mediaDevices.enumerateDevices.bind(mediaDevices);
  const capture = mediaDevices.getUserMedia.bind(mediaDevices);
  let stalled: CanvasRenderingContext2D | null = null;
  let drawing: CanvasRenderingContext2D | null = null;
  window.secondDevices = { stallCamera: () => (stalled = drawing) };

  const entry = (kind: MediaDeviceKind, deviceId: string, label: string) =>
    ({ kind, deviceId, groupId: deviceId, label }) as MediaDeviceInfo;
  mediaDevices.enumerateDevices = async () => [
    ...(await enumerate()),
    entry('videoinput', CAMERA, 'Second camera'),
    entry('audioinput', MICROPHONE, 'Second microphone'),
  ];
  mediaDevices.getUserMedia = (constraints = {}) => {
    const asked = JSON.stringify(constraints);
    if (asked.includes(`"exact":"${CAMERA}"`)) return Promise.resolve(camera());
    if (asked.includes(`"exact":"${MICROPHONE}"`)) return Promise.resolve(microphone());
    return capture(constraints);
  };

  function calledAs(stream: MediaStream, deviceId: string): MediaStream {
    for (const track of stream.getTracks()) {
      const settings = track.getSettings.bind(track);
      track.getSettings = () => ({ ...settings(), deviceId });
    }
    return stream;
  }

  function camera(): MediaStream {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 180];
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This page cannot draw.');
    drawing = context;
    const stream = canvas.captureStream(10);
    let step = 0;
    const timer = setInterval(() => {
      if (stream.getTracks().every(({ readyState }) => readyState === 'ended'))
        clearInterval(timer);
      if (context === stalled) return;
      context.fillStyle = `rgb(${rgb.join(' ')})`;
      context.fillRect(0, 0, 320, 180);
      context.fillStyle = 'rgb(255 255 255 / 0.1)';
      context.fillRect((step++ % 10) * 32, 0, 32, 180);
    }, 100);
    return calledAs(stream, CAMERA);
  }

  function microphone(): MediaStream {
    const context = new AudioContext();
    const destination = context.createMediaStreamDestination();
    const volume = new GainNode(context, { gain: 0.15 });
    // Four beeps a second: a steady tone passes for noise.
    const beeps = new OscillatorNode(context, { type: 'square', frequency: 4 });
    const depth = new GainNode(context, { gain: 0.15 });
    const tone = new OscillatorNode(context, { frequency: pitch ?? 440 });
    beeps.connect(depth).connect(volume.gain);
    tone.connect(volume).connect(destination);
    tone.start();
    beeps.start();
    return calledAs(destination.stream, MICROPHONE);
  }
}
