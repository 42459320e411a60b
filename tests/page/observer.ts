/** What the tests may ask a page about its connections and devices, without the app knowing. */
export type Observer = {
  /** Of the received picture that this track carries; null when no open connection receives it. */
  framesDecoded: (track: MediaStreamTrack) => Promise<number | null>;
  /** The received sounds that a media element of the page plays, each with its loudest pitches of the last seconds. */
  heard: () => Sound[];
  /** All sound that was ever received, as `totalAudioEnergy` counts it. */
  energyHeard: () => Promise<number>;
  /** How many tracks that came from this person's own devices are still live. */
  liveDevices: (kind: 'audio' | 'video') => number;
  /** What the browser says of this person's own live tracks. */
  deviceSettings: (kind: 'audio' | 'video') => MediaTrackSettings[];
  /** Takes the speaker of this id away. */
  unplugSpeaker: (deviceId: string) => void;
  /** Takes this person's device away, as pulling its plug does. */
  unplug: (kind: 'audio' | 'video') => void;
  /** Has this person's device give up, though it stays plugged in. */
  giveUp: (kind: 'audio' | 'video') => void;
  /** The certificates' fingerprints in all descriptions of the other side that the page ever took, in capitals. */
  fingerprintsTaken: () => string[];
  /** How each connection's packets leave this page: `host`, `relay over tls` and the like, sorted. */
  waysOut: () => Promise<string[]>;
  /** All candidates of the other sides that the page ever took. */
  candidatesTaken: () => string[];
  /** How often the other sides' ICE was begun, first times included. */
  generationsTaken: () => number;
  /** Says of every connection that the browser has given it up, until it is told the truth again. */
  despair: () => () => void;
  /** How many connections carry, or could carry, something at this moment. */
  connected: () => number;
  /** The most `article`s the page ever showed at once: somebody seen twice makes one too many. */
  mostArticles: () => number;
};

/**
 * The loudest pitches in Hz, `ago` milliseconds before the question. Silence leaves no moments. A null pitch is some sound: Firefox runs no
 * AudioContext on a machine without a sound card, so there statistics have to do.
 */
export type Sound = { isPlayed: boolean; moments: { pitch: number | null; ago: number }[] };

declare global {
  interface Window {
    observer: Observer;
  }
}

/** Runs in every page before its own scripts; must not refer to anything outside itself. */
export function observe(): void {
  const MEMORY = 3_000;
  const EVERY = 100;
  /** Of full scale, root mean square. */
  const SILENCE = 0.004;
  /** As `totalAudioEnergy` counts it: silence adds next to nothing. */
  const ENERGY = 1e-7;
  const connections: RTCPeerConnection[] = [];
  const devices: MediaStreamTrack[] = [];
  /** Ids of devices that nobody has plugged in again. */
  const unplugged: (string | undefined)[] = [];
  type Heard = { track: MediaStreamTrack; moments: { pitch: number | null; at: number }[] };
  const sounds: Heard[] = [];
  let listening: AudioContext | null = null;

  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args, self) {
      const connection = Reflect.construct(target, args, self) as RTCPeerConnection;
      connections.push(connection);
      connection.addEventListener('track', ({ track, receiver }) => {
        if (track.kind !== 'audio') return;
        const sound: Heard = { track, moments: [] };
        sounds.push(sound);
        const look = navigator.userAgent.includes('Firefox') ? energyOf(receiver) : pitchOf(track);
        const timer = setInterval(() => {
          if (track.readyState === 'ended') clearInterval(timer);
          void look().then((found) => {
            const at = performance.now();
            sound.moments = sound.moments.filter((moment) => at - moment.at < MEMORY);
            if (found) sound.moments.push({ ...found, at });
          });
        }, EVERY);
      });
      return connection;
    },
  });

  const fingerprints: string[] = [];
  const candidates: string[] = [];
  const generations = new Set<string>();
  // The one way in use, without the one that took callbacks.
  const taking = RTCPeerConnection.prototype as unknown as {
    setRemoteDescription: (description: RTCSessionDescriptionInit) => Promise<void>;
  };
  const take = taking.setRemoteDescription;
  taking.setRemoteDescription = function takeNoted(description) {
    const found = (description.sdp ?? '').matchAll(/^a=fingerprint:\S+ (\S+)/gm);
    fingerprints.push(...Array.from(found, ([, bytes]) => (bytes ?? '').toUpperCase()));
    const sdp = description.sdp ?? '';
    for (const [, ufrag = ''] of sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)) generations.add(ufrag);
    candidates.push(...Array.from(sdp.matchAll(/^a=(candidate:.*)$/gm), ([, text = '']) => text));
    return take.call(this, description);
  };

  const adding = RTCPeerConnection.prototype as unknown as {
    addIceCandidate: (candidate: RTCIceCandidateInit) => Promise<void>;
  };
  const add = adding.addIceCandidate;
  adding.addIceCandidate = function addNoted(candidate) {
    candidates.push(candidate.candidate ?? '');
    return add.call(this, candidate);
  };

  const { clone } = MediaStreamTrack.prototype as {
    clone: (this: MediaStreamTrack) => MediaStreamTrack;
  };
  MediaStreamTrack.prototype.clone = function cloneRemembered() {
    const copy = clone.call(this);
    if (devices.includes(this)) devices.push(copy);
    return copy;
  };

  // Absent where the page is not a secure context.
  if ('mediaDevices' in navigator) {
    const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await capture(constraints);
      devices.push(...stream.getTracks());
      return stream;
    };
    const enumerate = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
    navigator.mediaDevices.enumerateDevices = async () =>
      (await enumerate()).filter(({ deviceId }) => !unplugged.includes(deviceId));
  }

  /** Looks for the loudest pitch at this moment. */
  function pitchOf(track: MediaStreamTrack): () => Promise<{ pitch: number } | null> {
    // Nothing of it is played: a speaker for each page costs more than the page.
    listening ??= new AudioContext({
      latencyHint: 'playback',
      sinkId: { type: 'none' },
    } as AudioContextOptions);
    const analyser = listening.createAnalyser();
    analyser.fftSize = 2048;
    listening.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const waves = new Float32Array(analyser.fftSize);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    const hertzPerBin = listening.sampleRate / analyser.fftSize;
    return () => {
      analyser.getFloatTimeDomainData(waves);
      const power = waves.reduce((sum, sample) => sum + sample * sample, 0) / waves.length;
      if (Math.sqrt(power) < SILENCE) return Promise.resolve(null);
      analyser.getFloatFrequencyData(spectrum);
      let loudest = 0;
      spectrum.forEach((level, bin) => {
        if (level > (spectrum[loudest] ?? -Infinity)) loudest = bin;
      });
      return Promise.resolve({ pitch: loudest * hertzPerBin });
    };
  }

  /** Looks whether anything but silence was received since it looked last. */
  function energyOf(receiver: RTCRtpReceiver): () => Promise<{ pitch: null } | null> {
    let before = 0;
    return async () => {
      const energy = (await inbound(receiver))?.totalAudioEnergy ?? 0;
      const rose = energy - before > ENERGY;
      before = energy;
      return rose ? { pitch: null } : null;
    };
  }

  async function inbound(receiver: RTCRtpReceiver) {
    const report = (await receiver.getStats()) as unknown as Map<
      string,
      { type: string; framesDecoded?: number; totalAudioEnergy?: number }
    >;
    return [...report.values()].find(({ type }) => type === 'inbound-rtp');
  }

  function taken(kind: string): MediaStreamTrack[] {
    return devices.filter((track) => track.kind === kind && track.readyState === 'live');
  }

  let most = 0;
  new MutationObserver(() => {
    most = Math.max(most, document.querySelectorAll('article').length);
  }).observe(document, { childList: true, subtree: true });

  function isPlayed(track: MediaStreamTrack): boolean {
    return [...document.querySelectorAll<HTMLMediaElement>('audio, video')].some(
      (element) =>
        element.srcObject instanceof MediaStream &&
        element.srcObject.getTracks().includes(track) &&
        !element.paused &&
        !element.muted &&
        element.volume > 0,
    );
  }

  /** By the selected pair of candidates. */
  async function wayOut(connection: RTCPeerConnection): Promise<string> {
    type Entry = {
      type: string;
      id: string;
      selectedCandidatePairId?: string;
      localCandidateId?: string;
      candidateType?: string;
      relayProtocol?: string;
    };
    const report = (await connection.getStats()) as unknown as Map<string, Entry>;
    const transport = [...report.values()].find(({ type }) => type === 'transport');
    const pair = report.get(transport?.selectedCandidatePairId ?? '');
    const { candidateType, relayProtocol } = report.get(pair?.localCandidateId ?? '') ?? {};
    if (candidateType === undefined) return 'none';
    return relayProtocol === undefined ? candidateType : `${candidateType} over ${relayProtocol}`;
  }

  function isOpen(connection: RTCPeerConnection): boolean {
    return connection.connectionState !== 'closed';
  }

  window.observer = {
    async framesDecoded(track) {
      for (const connection of connections.filter(isOpen)) {
        const receiver = connection.getReceivers().find((one) => one.track === track);
        if (!receiver) continue;
        return (await inbound(receiver))?.framesDecoded ?? 0;
      }
      return null;
    },
    heard: () =>
      sounds
        .filter(({ track }) => track.readyState === 'live')
        .map(({ track, moments }) => ({
          isPlayed: isPlayed(track),
          moments: moments.map(({ pitch, at }) => ({ pitch, ago: performance.now() - at })),
        })),
    async energyHeard() {
      const receivers = connections.filter(isOpen).flatMap((one) => one.getReceivers());
      const sounds = receivers.filter(({ track }) => track.kind === 'audio');
      const reports = await Promise.all(sounds.map(inbound));
      return reports.reduce((sum, report) => sum + (report?.totalAudioEnergy ?? 0), 0);
    },
    liveDevices: (kind) => taken(kind).length,
    deviceSettings: (kind) => taken(kind).map((track) => track.getSettings()),
    unplugSpeaker(deviceId) {
      unplugged.push(deviceId);
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    },
    unplug(kind) {
      for (const track of taken(kind)) unplugged.push(track.getSettings().deviceId);
      this.giveUp(kind);
    },
    giveUp(kind) {
      for (const track of taken(kind)) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    },
    fingerprintsTaken: () => fingerprints,
    async waysOut() {
      const ways = await Promise.all(connections.filter(isOpen).map(wayOut));
      return ways.sort();
    },
    candidatesTaken: () => candidates,
    generationsTaken: () => generations.size,
    despair() {
      const despaired = connections.filter(isOpen);
      const tell = (connection: RTCPeerConnection) =>
        connection.dispatchEvent(new Event('connectionstatechange'));
      for (const connection of despaired) {
        Object.defineProperty(connection, 'connectionState', {
          value: 'failed',
          configurable: true,
        });
        tell(connection);
      }
      return () => {
        for (const connection of despaired) {
          Reflect.deleteProperty(connection, 'connectionState');
          tell(connection);
        }
      };
    },
    mostArticles: () => most,
    connected: () =>
      connections.filter(({ connectionState }) => connectionState === 'connected').length,
  };
}
