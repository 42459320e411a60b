import { AudioSample, AudioSampleSource, CanvasSource, Quality } from 'mediabunny';
import { drawScene, HEIGHT, WIDTH } from './composition.ts';
import { PictureInbox } from './picture-inbox.ts';
import { leftRoom } from './left-room.ts';
import { RecordedFile } from './recorded-file.ts';
import { RecordingClock } from './recording-clock.ts';
import { faultOf } from './recorder-fault.ts';
import type {
  RecorderFault,
  RecorderOrder,
  RecorderReport,
  SceneTile,
  SoundBlock,
} from './recorder-messages.ts';
import { CHANNELS, RATE } from './recorder-messages.ts';
import { markWhole } from './recording-store.ts';
import { type PlacedSound, SoundTimeline } from './sound-timeline.ts';

const PICTURE_MS = 40;
/** From one picture that stands for itself to the next, in seconds: so much at most is lost with a page that ends without a word. */
const KEY_EVERY = 2;
/** Sound that is so late is taken for silence: pictures do not wait for it; milliseconds. */
const SOUND_PATIENCE_MS = 1_000;
const PROGRESS_MS = 1_000;
/** For so long no sound comes before it counts as none: a context that is just waking takes a moment; milliseconds. */
const SILENT_MS = 5_000;
/** So often it is looked how much room is left; milliseconds. */
const ROOM_MS = 5_000;
/** With less room than this a recording ends by itself, while what makes it whole still finds a place; bytes. */
const LEAST_LEFT = 20_000_000;
const PICTURE_BITS = 2_500_000;
const SOUND_BITS = 128_000;

type Report = (what: RecorderReport) => void;
type Order = Exclude<RecorderOrder, { what: 'record' | 'repair' }>;

/** One recording, in the worker: draws what is to be seen 25 times a second, mixes nothing, encodes both and writes. */
export class Recording {
  readonly #name: string;
  readonly #asks: boolean;
  readonly #report: Report;
  readonly #inbox = new PictureInbox();
  readonly #canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  readonly #surface = this.#canvas.getContext('2d', { alpha: false });
  readonly #pictures = new CanvasSource(this.#canvas, {
    codec: 'vp8',
    quality: new Quality({ bitrate: PICTURE_BITS }),
    keyFrameInterval: KEY_EVERY,
    latencyMode: 'realtime',
  });
  readonly #sound = new AudioSampleSource({
    codec: 'opus',
    quality: new Quality({ bitrate: SOUND_BITS }),
  });
  readonly #clock = new RecordingClock();
  #timeline = new SoundTimeline(0);
  #file: RecordedFile | null = null;
  readonly #begun: Promise<void>;
  #tiles: SceneTile[] = [];
  #beganAt = 0;
  #toldAt = 0;
  #lookedAt = 0;
  #lastPicture = -1;
  #heardAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isEncoding = false;
  #isOver = false;
  #hasToldEnd = false;

  constructor(order: Extract<RecorderOrder, { what: 'record' }>, report: Report) {
    this.#name = order.name;
    this.#asks = order.asks;
    this.#report = report;
    order.sound.onmessage = ({ data }: MessageEvent<SoundBlock>) => {
      this.#heardAt = this.#clock.now();
      if (!this.#file || this.#isOver) return;
      this.#hear(this.#timeline.place(data.samples, this.#clock.at(data.at)));
    };
    this.#begun = this.#begin().catch((error: unknown) => this.#fail(error));
  }

  obey(order: Order): void {
    if (this.#isOver) {
      if (order.what === 'picture') order.picture.close();
      return;
    }
    if (order.what === 'scene') this.#tiles = order.tiles;
    else if (order.what === 'pictures') this.#inbox.follow(order.key, order.pictures);
    else if (order.what === 'picture') this.#inbox.put(order.key, order.picture);
    else if (order.what === 'forget') this.#inbox.forget(order.key);
    else void this.#stop();
  }

  async #begin(): Promise<void> {
    const file = await RecordedFile.open(this.#name);
    file.output.addVideoTrack(this.#pictures, { frameRate: 1_000 / PICTURE_MS });
    file.output.addAudioTrack(this.#sound);
    await file.output.start();
    this.#file = file;
    this.#beganAt = this.#heardAt = this.#clock.now();
    this.#timeline = new SoundTimeline(this.#beganAt);
    this.#report({ what: 'begun' });
    this.#tick();
  }

  /** Also where the browser slows the page down: a worker's timers are left alone. */
  #tick(): void {
    const now = this.#clock.now();
    const past = now - this.#beganAt;
    this.#timer = setTimeout(() => this.#tick(), PICTURE_MS - (past % PICTURE_MS));
    if (this.#asks) this.#report({ what: 'due' });
    this.#hear(this.#timeline.fill(now - SOUND_PATIENCE_MS));
    // A timer may come early, and then again: every picture has a place of its own in time.
    const picture = Math.round(past / PICTURE_MS);
    // An encoder that does not keep up gets fewer pictures, not later ones.
    if (!this.#isEncoding && picture > this.#lastPicture) {
      this.#show(picture).catch((error: unknown) => this.#fail(error));
    }
    if (now - this.#lookedAt >= ROOM_MS) {
      this.#lookedAt = now;
      this.#look().catch(() => undefined);
    }
    if (now - this.#toldAt < PROGRESS_MS) return;
    this.#toldAt = now;
    const bytes = this.#file?.bytes ?? 0;
    const isSilent = now - this.#heardAt > SILENT_MS;
    this.#report({ what: 'progress', seconds: past / 1_000, bytes, isSilent });
  }

  /** Rejects where the browser does not tell. */
  async #look(): Promise<void> {
    if ((await leftRoom()) < LEAST_LEFT && !this.#isOver) this.#finish('full');
  }

  /** `picture` counts from the first there could have been. */
  async #show(picture: number): Promise<void> {
    if (!this.#surface) throw new Error('The browser draws nothing here.');
    this.#lastPicture = picture;
    this.#isEncoding = true;
    drawScene(this.#surface, this.#tiles, (key) => this.#inbox.latest(key));
    await this.#pictures.add((picture * PICTURE_MS) / 1_000, PICTURE_MS / 1_000);
    this.#isEncoding = false;
  }

  #hear(placed: PlacedSound[]): void {
    for (const { timestamp, samples } of placed) {
      const shape = { format: 'f32-planar', numberOfChannels: CHANNELS, sampleRate: RATE } as const;
      const sample = new AudioSample({ ...shape, data: samples, timestamp });
      this.#sound
        .add(sample)
        .catch((error: unknown) => this.#fail(error))
        .finally(() => sample.close());
    }
  }

  /** Also where it has yet to begin. */
  async #stop(): Promise<void> {
    await this.#begun;
    if (!this.#isOver) this.#finish();
  }

  /** `fault`: why it ends by itself. */
  #finish(fault?: RecorderFault): void {
    const now = this.#clock.now();
    this.#hear(this.#timeline.fill(now));
    // An encoder that did not keep up gets this one: picture and sound end together.
    const picture = Math.floor((now - this.#beganAt) / PICTURE_MS);
    const last = picture > this.#lastPicture ? this.#show(picture) : Promise.resolve();
    this.#end();
    this.#makeWhole(last).then(
      () => this.#tellEnd(fault ? { what: 'failed', fault } : { what: 'done' }),
      (error: unknown) => this.#fail(error),
    );
  }

  async #makeWhole(lastPicture: Promise<void>): Promise<void> {
    await lastPicture;
    await this.#file?.finish();
    await markWhole(this.#name);
  }

  #fail(error: unknown): void {
    if (this.#hasToldEnd) return;
    this.#end();
    this.#file?.abandon();
    this.#tellEnd({ what: 'failed', fault: faultOf(error) });
  }

  #tellEnd(report: RecorderReport): void {
    if (!this.#hasToldEnd) this.#report(report);
    this.#hasToldEnd = true;
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#inbox.close();
  }
}
