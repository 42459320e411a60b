import { Stored } from './stored.ts';

const isBoolean = (value: unknown) => typeof value === 'boolean';

/** Something one switches on or off, remembered in this browser. */
export class StoredSwitch {
  readonly #key: string;
  readonly #stored = new Stored(() => localStorage);
  #isOn = $state(true);

  /** On until somebody switches it off. */
  constructor(key: string) {
    this.#key = key;
    this.#isOn = this.#stored.read(key, isBoolean) ?? true;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  set isOn(isOn: boolean) {
    this.#isOn = isOn;
    this.#stored.write(this.#key, isOn);
  }
}
