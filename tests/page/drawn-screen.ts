/** A person's screen: its colour, and the pitch of its sound in Hz. */
export type DrawnScreen = { rgb: [number, number, number]; pitch: number };

declare global {
  interface Window {
    /** What somebody finds when they choose a screen: it, the word of a refusal, or that they think better of it. */
    screenAnswers: 'yes' | 'no' | 'fault';
    /** Stops the shared screen as the browser's own bar does. */
    stopScreenFromBar: () => void;
  }
}

/** Runs in a page before its own scripts and answers for the screen, which no browser without a display has. Must not refer to anything outside itself. */
export function drawScreen({ rgb, pitch }: DrawnScreen): void {
  if (!('mediaDevices' in navigator)) return;
  const size = { width: 640, height: 400 };
  let shared: MediaStreamTrack | null = null;
  window.screenAnswers = 'yes';
  window.stopScreenFromBar = () => {
    shared?.stop();
    shared?.dispatchEvent(new Event('ended'));
  };

  navigator.mediaDevices.getDisplayMedia = (wanted = {}) => {
    if (window.screenAnswers === 'no')
      return Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
    if (window.screenAnswers === 'fault')
      return Promise.reject(new DOMException('Could not start', 'NotReadableError'));
    const picture = draw();
    shared = picture;
    return Promise.resolve(new MediaStream([picture, ...(wanted.audio ? sound() : [])]));
  };

  function draw(): MediaStreamTrack {
    const canvas = Object.assign(document.createElement('canvas'), size);
    const context = canvas.getContext('2d');
    const [track] = canvas.captureStream(10).getVideoTracks();
    if (!context || !track) throw new Error('This page cannot draw.');
    let step = 0;
    const timer = setInterval(() => {
      if (track.readyState !== 'live') clearInterval(timer);
      context.fillStyle = `rgb(${rgb.join(' ')})`;
      context.fillRect(0, 0, size.width, size.height);
      context.fillStyle = 'rgb(0 0 0 / 0.2)';
      context.fillRect(0, (step++ % 10) * 40, size.width, 8);
    }, 100);
    return saying(track, { displaySurface: 'browser' });
  }

  /** None in Firefox, as from the real one. */
  function sound(): MediaStreamTrack[] {
    if (navigator.userAgent.includes('Firefox')) return [];
    // Nothing of it is played: a speaker for each page costs more than the page.
    const context = new AudioContext({ sinkId: { type: 'none' } } as AudioContextOptions);
    const oscillator = new OscillatorNode(context, { frequency: pitch });
    const volume = new GainNode(context, { gain: 0.15 });
    const destination = context.createMediaStreamDestination();
    oscillator.connect(volume).connect(destination);
    oscillator.start();
    return destination.stream.getAudioTracks();
  }

  function saying(track: MediaStreamTrack, more: MediaTrackSettings): MediaStreamTrack {
    const settings = track.getSettings.bind(track);
    track.getSettings = () => ({ ...settings(), ...more });
    return track;
  }
}
