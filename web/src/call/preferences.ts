import { Stored } from './stored.ts';

/** What somebody chose last time; device ids are '' for the browser's own choice. */
export type Choices = {
  name: string;
  microphone: string;
  camera: string;
  speaker: string;
  microphoneOn: boolean;
  cameraOn: boolean;
  /** What the browser does to one's voice. */
  echoCancellation: boolean;
  noiseSuppression: boolean;
  strongSuppression: boolean;
  /** Whether the room behind one is blurred. */
  backgroundBlur: boolean;
  /** Whether nobody is to learn one's network address (R50). */
  relayOnly: boolean;
};

const KEY = 'confab:choices';

const firstTime: Choices = {
  name: '',
  microphone: '',
  camera: '',
  speaker: '',
  microphoneOn: true,
  cameraOn: true,
  echoCancellation: true,
  noiseSuppression: true,
  strongSuppression: false,
  backgroundBlur: false,
  relayOnly: false,
};

/** Remembers, in this browser alone, one's name, devices, and whether one comes in with sound and picture. */
export class Preferences {
  readonly #stored: Stored;
  #choices: Choices;

  constructor(storage: () => Storage = () => localStorage) {
    this.#stored = new Stored(storage);
    this.#choices = known(this.#stored.read(KEY, isRecord));
  }

  get choices(): Readonly<Choices> {
    return this.#choices;
  }

  remember(changed: Partial<Choices>): void {
    this.#choices = { ...this.#choices, ...changed };
    this.#stored.write(KEY, this.#choices);
  }
}

/** Takes over what has the right type, so that an older or a foreign entry costs only itself. */
function known(entry: Record<string, unknown> | null): Choices {
  const fitting = Object.entries(entry ?? {}).filter(
    ([key, value]) =>
      Object.hasOwn(firstTime, key) && typeof value === typeof firstTime[key as keyof Choices],
  );
  return { ...firstTime, ...(Object.fromEntries(fitting) as Partial<Choices>) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
