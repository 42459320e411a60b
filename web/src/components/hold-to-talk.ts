import { isTyping } from './shortcuts.ts';

/** What Space presses when it has the focus. */
const PRESSABLE =
  'button, a[href], summary, video[controls], [role="menu"], [role="toolbar"] [role]';

/**
 * Talking for as long as a key is held. A button that has the focus takes the key for itself, unless it has it from a click: whoever clicked
 * `Mute` and then holds Space wants to talk, not to press the button again.
 */
export class HoldToTalk {
  readonly #code: () => string;
  readonly #talk: (isHeld: boolean) => boolean;
  #isHeld = false;
  #clicked: EventTarget | null = null;

  /** `code` names the key as `KeyboardEvent.code`; `talk` answers whether it changed anything: one may be heard already. */
  constructor(code: () => string, talk: (isHeld: boolean) => boolean) {
    this.#code = code;
    this.#talk = talk;
  }

  keydown(event: KeyboardEvent): void {
    if (event.code !== this.#code()) {
      // From here on the focus is where the keyboard has put it.
      this.#clicked = null;
      return;
    }
    if (this.#isHeld) event.preventDefault();
    else if (this.#isFree(event) && this.#talk(true)) {
      this.#isHeld = true;
      event.preventDefault();
    }
  }

  keyup(event: KeyboardEvent): void {
    if (!this.#isHeld || event.code !== this.#code()) return;
    // Where a key pressed on a button clicks it when it is let go.
    event.preventDefault();
    this.release();
  }

  /** To be called after a click: what has the focus has it from that. */
  clicked(): void {
    this.#clicked = document.activeElement;
  }

  /** The key is not held any more, as far as anybody can tell. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#talk(false);
  }

  #isFree(event: KeyboardEvent): boolean {
    const { target, code, repeat, ctrlKey, metaKey, altKey, shiftKey, defaultPrevented } = event;
    if (repeat || ctrlKey || metaKey || altKey || shiftKey || defaultPrevented) return false;
    if (isTyping(target)) return false;
    const isPressable = target instanceof Element && target.closest(PRESSABLE) !== null;
    return code !== 'Space' || !isPressable || target === this.#clicked;
  }
}
