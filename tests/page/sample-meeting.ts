/** How far one received stream has come. Moments are milliseconds since 1970. */
export type Progress = {
  /** Of the connection that carries it: counters of another one start anew. */
  connection: number;
  packets: number;
  framesDecoded: number;
  /** When the latest packet arrived, where the browser says so. */
  lastAt: number | null;
  /** When these were counted. */
  at: number;
};

/** What a page showed and received at one moment. */
export type Sample = {
  at: number;
  /** The names in the grid, as they stand; one's own is `You`. */
  names: string[];
  /** By name: what arrives for that tile. */
  received: Record<string, { picture: Progress | null; sound: Progress | null }>;
  /** Connections of this page load: made so far, and not closed yet. */
  connections: { made: number; open: number };
};

declare global {
  interface Window {
    /** Takes what was gathered since it was last asked. */
    takeSamples: () => Sample[];
    /** Every sentence that a screen reader was given unasked since the page was loaded, and every alert. */
    announced: string[];
  }
}

/** Runs in a page before its own scripts and looks every `interval` milliseconds; must not refer to anything outside itself. */
export function sampleMeeting(interval: number): void {
  const numbers = new WeakMap<MediaStreamTrack, { receiver: RTCRtpReceiver; connection: number }>();
  const connections: RTCPeerConnection[] = [];
  const announced: string[] = [];
  let samples: Sample[] = [];
  let isLooking = false;

  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args, self) {
      const made = Reflect.construct(target, args, self) as RTCPeerConnection;
      const connection = connections.push(made);
      made.addEventListener('track', ({ track, receiver }) => {
        numbers.set(track, { receiver, connection });
      });
      return made;
    },
  });

  setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look().then((sample) => {
      isLooking = false;
      if (sample) samples.push(sample);
    });
  }, interval);

  async function look(): Promise<Sample | null> {
    const grid = document.querySelector('[aria-label="Participants"]');
    if (!grid) return null;
    const at = Date.now();
    const tiles = [...grid.querySelectorAll('article')];
    const names = tiles.map((tile) => tile.getAttribute('aria-label') ?? '');
    const open = connections.filter(({ connectionState }) => connectionState !== 'closed').length;
    const found = tiles.map(async (tile, index) => {
      const [picture, sound] = await Promise.all([
        progress(trackOf(tile, 'video')),
        progress(trackOf(tile, 'audio')),
      ]);
      return [names[index] ?? '', { picture, sound }] as const;
    });
    const received = Object.fromEntries(await Promise.all(found));
    return { at, names, received, connections: { made: connections.length, open } };
  }

  function trackOf(tile: Element, kind: 'audio' | 'video'): MediaStreamTrack | undefined {
    for (const element of tile.querySelectorAll<HTMLMediaElement>('audio, video')) {
      if (!(element.srcObject instanceof MediaStream)) continue;
      const track = element.srcObject.getTracks().find((one) => one.kind === kind);
      if (track) return track;
    }
    return undefined;
  }

  type Inbound = {
    type: string;
    timestamp: number;
    packetsReceived?: number;
    framesDecoded?: number;
    lastPacketReceivedTimestamp?: number;
  };

  async function progress(track: MediaStreamTrack | undefined): Promise<Progress | null> {
    const known = track && numbers.get(track);
    if (!known) return null;
    const report = (await known.receiver.getStats()) as unknown as Map<string, Inbound>;
    const inbound = [...report.values()].find(({ type }) => type === 'inbound-rtp');
    if (!inbound) return null;
    return {
      connection: known.connection,
      packets: inbound.packetsReceived ?? 0,
      framesDecoded: inbound.framesDecoded ?? 0,
      lastAt: inbound.lastPacketReceivedTimestamp ?? null,
      at: inbound.timestamp,
    };
  }

  new MutationObserver(() => {
    for (const region of document.querySelectorAll(
      '[role=status], [role=alert], [aria-live=polite]',
    )) {
      const sentence = region.textContent.trim();
      if (sentence !== '' && !announced.includes(sentence)) announced.push(sentence);
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });

  window.announced = announced;
  window.takeSamples = () => {
    const taken = samples;
    samples = [];
    return taken;
  };
}
