import { type CameraEncoding, firstCameraEncoding } from './camera-encoding.ts';
import type { Clock } from './clock.ts';
import { KINDS } from './description-check.ts';
import type { SentTracks, Tracks } from './link-connection.ts';
import { SLOTS, type Slot } from './meeting-events.ts';
import { firstScreenEncoding, screenEncoding } from './screen-encoding.ts';

/** For how long a new connection’s camera stays small: the browser measures what the way carries, and other links need the machine. */
const FIRST_PICTURES_MS = 2_000;
/** For how long a screen that was just shared stays small: until its first picture is there. */
const FIRST_SCREEN_MS = 500;

/** The four media sections of one connection (R32): agreed once, after which only their tracks are replaced. */
export class MediaSections {
  readonly #connection: RTCPeerConnection;
  readonly #clock: Clock;
  readonly #sent: SentTracks;
  #camera: CameraEncoding;
  #transceivers: RTCRtpTransceiver[] = [];
  #isFirst = true;
  #growLater: (() => void) | null = null;
  #sharpenLater: (() => void) | null = null;

  constructor(
    connection: RTCPeerConnection,
    clock: Clock,
    { tracks, camera }: { tracks: SentTracks; camera: CameraEncoding },
  ) {
    this.#connection = connection;
    this.#clock = clock;
    this.#sent = { ...tracks };
    this.#camera = camera;
  }

  /** What the other side sends, once the sections exist. */
  get received(): Tracks {
    const tracks: Tracks = {};
    for (const [index, slot] of SLOTS.entries()) {
      const track = this.#transceivers[index]?.receiver.track;
      if (track) tracks[slot] = track;
    }
    return tracks;
  }

  /** Whatever the first section receives; through it the whole connection's way can be looked at. */
  get firstReceiver(): RTCRtpReceiver | undefined {
    return this.#transceivers[0]?.receiver;
  }

  /** For the side that offers. */
  offer(): void {
    this.#transceivers = SLOTS.map((slot) =>
      this.#connection.addTransceiver(this.#sent[slot] ?? KINDS[slot], {
        direction: 'sendrecv',
        ...(slot === 'camera' && { sendEncodings: [this.#encoding] }),
      }),
    );
  }

  /**
   * For the other side, when it knows the offer and has not answered yet: the first packets are to carry picture and sound. The browser does
   * this before whatever it is asked next about the connection, so that nobody need wait.
   */
  useOffered(): void {
    if (this.#transceivers.length > 0) return;
    this.#transceivers = this.#connection.getTransceivers();
    this.#applyEncoding();
    // Refused only where the connection is closing.
    for (const slot of SLOTS) {
      const track = this.#sent[slot];
      if (track) this.send(slot, track).catch(() => undefined);
    }
  }

  async send(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    const isNew = slot === 'screen' && !this.#sent.screen;
    this.#sent[slot] = track;
    // Before the track: its first picture is encoded as soon as there is one.
    if (isNew) this.#beginScreen();
    await this.#senderOf(slot)?.replaceTrack(track);
    if (slot === 'screen') this.#applyScreen();
  }

  encodeCamera(encoding: CameraEncoding): void {
    this.#camera = encoding;
    this.#applyEncoding();
  }

  /**
   * Sends whole pictures next, where the browser knows how to. After an interruption the other side has holes in what it got, and browsers
   * take more than two seconds to ask for what fills them.
   */
  refresh(): void {
    for (const slot of ['camera', 'screen'] as const)
      if (this.#sent[slot]) sendWholePicture(this.#senderOf(slot));
  }

  /** The first pictures have a way now; soon they may be large. */
  growSoon(): void {
    this.#growLater ??= this.#clock.after(FIRST_PICTURES_MS, () => {
      this.#isFirst = false;
      this.#applyEncoding();
    });
  }

  close(): void {
    this.#growLater?.();
    this.#sharpenLater?.();
  }

  get #encoding(): CameraEncoding {
    return this.#isFirst ? firstCameraEncoding(this.#camera) : this.#camera;
  }

  #senderOf(slot: Slot): RTCRtpSender | undefined {
    return this.#transceivers[SLOTS.indexOf(slot)]?.sender;
  }

  #applyEncoding(): void {
    encode(this.#senderOf('camera'), this.#encoding);
    this.#applyScreen();
  }

  #applyScreen(): void {
    const { screen } = this.#sent;
    if (!screen) return;
    const whole = screenEncoding(this.#camera, screen.contentHint);
    const { encoding, degradation } = this.#sharpenLater
      ? firstScreenEncoding(whole, screen.getSettings().width)
      : whole;
    encode(this.#senderOf('screen'), encoding, { degradationPreference: degradation });
  }

  #beginScreen(): void {
    this.#sharpenLater?.();
    this.#sharpenLater = this.#clock.after(FIRST_SCREEN_MS, () => {
      this.#sharpenLater = null;
      this.#applyScreen();
    });
    this.#applyScreen();
  }
}

// Not in every browser, and so in no type; others pass the second argument over.
type PicturesOnDemand = {
  setParameters(
    parameters: RTCRtpSendParameters,
    options: { encodingOptions: { keyFrame: boolean }[] },
  ): Promise<void>;
};

function sendWholePicture(sender: RTCRtpSender | undefined): void {
  const parameters = sender?.getParameters();
  if (!sender || !parameters || parameters.encodings.length === 0) return;
  const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
  const onDemand = sender as unknown as PicturesOnDemand;
  onDemand.setParameters(parameters, { encodingOptions }).catch(() => undefined);
}

function encode(
  sender: RTCRtpSender | undefined,
  wanted: RTCRtpEncodingParameters,
  more: Pick<RTCRtpSendParameters, 'degradationPreference'> = {},
): void {
  const parameters = sender?.getParameters();
  // Firefox has no encodings before the sections are agreed; they are set when the picture grows.
  const encoding = parameters?.encodings[0];
  if (!sender || !parameters || !encoding) return;
  Object.assign(encoding, wanted);
  // Refused only where the connection is closing or agreed anew, after which it is set again.
  sender.setParameters(Object.assign(parameters, more)).catch(() => undefined);
}
