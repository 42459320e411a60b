import type { Preferences } from './preferences.ts';

/** Whether one's network address stays hidden from the others (R50): remembered, and offered where the server has a relay. */
export class RelayChoice {
  readonly #preferences: Preferences;
  #isOffered = $state(false);
  #isOn = $state(false);
  #isLost = $state(false);

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    this.#isOn = preferences.choices.relayOnly;
  }

  get isOffered(): boolean {
    return this.#isOffered;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Whether it was chosen before, and this server has no relay any more. */
  get isLost(): boolean {
    return this.#isLost;
  }

  set(isOn: boolean): void {
    this.#isOn = isOn;
    this.#preferences.remember({ relayOnly: isOn });
  }

  /** `offered` is the server's word; null where it said nothing about it, and what was chosen holds. */
  offer(offered: boolean | null): void {
    this.#isOffered = offered ?? this.#isOn;
    this.#isLost = this.#isOn && !this.#isOffered;
    if (this.#isLost) this.set(false);
  }
}
