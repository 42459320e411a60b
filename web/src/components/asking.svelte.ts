import { wordsForFault } from './words-for-fault.ts';

/** What is asked of the server at a click: whether it is under way, and what came of the latest. */
export class Asking {
  #isBusy = $state(false);
  #done = $state('');
  #fault = $state('');

  /** Whether an answer is awaited. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** What the latest did, in words; empty if there is nothing to say. */
  get done(): string {
    return this.#done;
  }

  /** Why the latest came to nothing; empty if it did not. */
  get fault(): string {
    return this.#fault;
  }

  /** Asks, and says `text` when it is done. Answers whether it is. */
  async ask(act: () => Promise<unknown>, text = ''): Promise<boolean> {
    this.#isBusy = true;
    this.#fault = this.#done = '';
    try {
      await act();
      this.#done = text;
      return true;
    } catch (error) {
      this.#fault = wordsForFault(error);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }

  /** What there is to ask does not make sense. */
  refuse(fault: string): void {
    this.#done = '';
    this.#fault = fault;
  }
}
