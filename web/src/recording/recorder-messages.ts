/** One tile of the recorded picture. `key` names where its pictures come from; without `isShown` its initials stand there instead. */
export type SceneTile = {
  key: string;
  name: string;
  initials: string;
  /** In degrees, as on the screen. */
  hue: number;
  isScreen: boolean;
  isShown: boolean;
};

/** What the page tells the recorder's worker. */
export type RecorderOrder =
  /** Begins a recording in the file `name`; blocks of sound ({@link SoundBlock}) come through `sound`. With `asks` it says when it wants pictures. */
  | { what: 'record'; name: string; sound: MessagePort; asks: boolean }
  | { what: 'scene'; tiles: SceneTile[] }
  /** From here on all pictures of `key` come by themselves. */
  | { what: 'pictures'; key: string; pictures: ReadableStream<VideoFrame> }
  | { what: 'picture'; key: string; picture: VideoFrame }
  /** Whatever comes of `key` is not shown any more. */
  | { what: 'forget'; key: string }
  | { what: 'stop' }
  /** Makes a whole file of what a page left behind that did not get to stop. */
  | { what: 'repair'; name: string };

/** Why a recording ended by itself: no room on the disk, or the browser encodes no more. */
export type RecorderFault = 'full' | 'encoder';

/** What the worker tells the page. */
export type RecorderReport =
  | { what: 'begun' }
  | { what: 'due' }
  /** So much is on the disk: seconds of it, and bytes. `isSilent`: the browser gives no sound, not even that of nobody speaking. */
  | { what: 'progress'; seconds: number; bytes: number; isSilent: boolean }
  | { what: 'done' }
  | { what: 'failed'; fault: RecorderFault };

/** A moment of sound: one channel after the other, as heard until `at` (milliseconds since 1970). */
export type SoundBlock = { at: number; samples: Float32Array<ArrayBuffer> };

/** Of recorded sound: samples a second, and channels. */
export const RATE = 48_000;
export const CHANNELS = 2;
