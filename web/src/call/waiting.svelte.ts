import { type DoorNote, Refusal } from '@confab/protocol';
import type { Knock } from '../connection/knock.ts';
import { type Admission, describeMeeting } from '../connection/meetings-api.ts';
import { displayName } from '../connection/sealing/display-name.ts';
import { playTone } from './tones.ts';

/** As {@link Knock}, so that tests need no server. */
type KnockLine = Pick<Knock, 'events' | 'begin' | 'leave' | 'close'>;

/** What was said to whoever waits: by a host, with a name that is empty where it cannot be shown, or (null) by whoever runs the server. */
export type WaitingNote = Omit<DoorNote, 'name'> & { name: string | null };

/** Waiting to be let in, as the screen shows it. */
export class Waiting {
  readonly #knock: KnockLine;
  #place = $state(0);
  #isReached = $state(true);
  #notes = $state.raw<WaitingNote[]>([]);
  #isSingledOut = $state(false);
  #isBusy = $state(false);
  #isLeft = false;
  #leave: () => void = () => undefined;

  constructor(knock: KnockLine, meetingId: string) {
    this.#knock = knock;
    void describeMeeting(meetingId).then(
      ({ waitingRoom }) => (this.#isSingledOut = !waitingRoom),
      () => undefined,
    );
    const { events } = knock;
    events.on('place', (place) => {
      this.#place = place;
      this.#isBusy = false;
    });
    events.on('busy', () => (this.#isBusy = true));
    events.on('reached', (isReached) => (this.#isReached = isReached));
    events.on('told', ({ name, text }) => this.#note({ name: displayName(name) ?? '', text }));
    events.on('announced', (text) => this.#note({ name: null, text }));
  }

  /** One's place in the queue, from 1; 0 while it is not known. */
  get place(): number {
    return this.#place;
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  /** Whether so many ask that one has no place, and nobody has been told. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Whether others come in without waiting (R62). */
  get isSingledOut(): boolean {
    return this.#isSingledOut;
  }

  get notes(): WaitingNote[] {
    return this.#notes;
  }

  /** `onRenewed` hears of each token that leads back to one's place. Resolves with what a seat can be taken with, or with null when one has left. Throws a Refusal, `denied` where a host does not let one in. */
  answer(onRenewed: (token: string) => void): Promise<Admission | null> {
    return new Promise((resolve, reject) => {
      this.#leave = () => resolve(null);
      const { events } = this.#knock;
      events.on('renewed', onRenewed);
      events.on('admitted', (admission) => {
        playTone('joined');
        resolve(admission);
      });
      events.on('refused', (code) => reject(new Refusal(code)));
      this.#knock.begin().catch(reject);
    });
  }

  #note(note: WaitingNote): void {
    this.#notes = [...this.#notes, note];
    playTone('message');
  }

  /** Gives the place up. */
  async leave(): Promise<void> {
    if (this.#isLeft) return;
    this.#isLeft = true;
    this.#leave();
    await this.#knock.leave();
  }

  /** Without a word, as a closed tab would. */
  close(): void {
    this.#knock.close();
    this.#leave();
  }
}
