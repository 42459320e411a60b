import { Refusal } from '@confab/protocol';
import type { Role } from '@confab/protocol';
import type { Call } from '../call/call.svelte.ts';
import { listed } from '../call/announcer.svelte.ts';
import { isolated } from '../call/isolated.ts';
import * as m from '../paraglide/messages.js';

/** How often one looks whether the server has told more, and how long it is until the next time (milliseconds). */
const LOOKS = 30;
const LOOK_MS = 100;

type Person = { id: string; name: string | null };

/** What a host has just done to somebody: told, and taken back at a click. */
export class HostDeeds {
  readonly #call: Call;
  #done = $state.raw<{ text: string; undo: () => void } | null>(null);
  #fault = $state('');

  constructor(call: Call) {
    this.#call = call;
  }

  /** The latest that can be taken back; null without one. */
  get done(): { text: string; undo: () => void } | null {
    return this.#done;
  }

  /** Why the latest came to nothing; empty if it did not. */
  get fault(): string {
    return this.#fault;
  }

  remove(person: Person): void {
    const text = m.host_removed({ who: called(person) });
    this.#act(
      text,
      () => this.#call.hosting.ask('participant:remove', { participant: person.id }),
      () => this.readmit(person),
    );
  }

  lowerHand(person: Person): void {
    const text = m.host_hand_lowered({ who: called(person) });
    this.#act(text, () => this.#call.hosting.ask('hand:lower', { participant: person.id }));
  }

  /** Asks their page to mute itself. */
  mute(person: Person): void {
    const text = m.host_muted({ who: called(person) });
    this.#act(text, () => this.#call.hosting.ask('participant:mute', { participant: person.id }));
  }

  /** Allows them to speak, or has everybody hear nothing of them. */
  setSpeech(person: Person, allowed: boolean): void {
    const who = called(person);
    const text = allowed ? m.speech_allowed({ who }) : m.speech_forbidden_to({ who });
    const { id: participant } = person;
    const undo = () => this.setSpeech(person, !allowed);
    this.#act(text, () => this.#call.hosting.ask('speech:set', { participant, allowed }), undo);
  }

  stopShare(person: Person): void {
    const text = m.host_share_stopped({ who: called(person) });
    this.#act(text, () => this.#call.hosting.ask('share:stop', { participant: person.id }));
  }

  setRole(person: Person, role: Role): void {
    const who = called(person);
    const isHost = role === 'host';
    const text = isHost ? m.announced_host({ who }) : m.announced_unmade({ who });
    const undo = () => this.setRole(person, isHost ? 'participant' : 'host');
    const { id: participant } = person;
    this.#act(text, () => this.#call.hosting.ask('role:set', { participant, role }), undo);
  }

  readmit(person: Person): void {
    const text = m.host_readmitted({ who: called(person) });
    this.#act(text, () =>
      this.#call.hosting.ask('participant:readmit', { participant: person.id }),
    );
  }

  /** Lets these in, as far as there are seats. */
  admit(people: Person[]): void {
    const participants = people.map(({ id }) => id);
    const waits = ({ id }: Person) => this.#call.hosting.waiting.some((one) => one.id === id);
    const text = () => {
      const gone = people.filter((person) => !waits(person));
      const admitted = gone.length > 0 ? gone : people;
      const told = m.admitted({ who: listed(admitted.map(({ name }) => name)) });
      return admitted.length < people.length ? `${told} ${m.admit_full()}` : told;
    };
    this.#act(text, async () => {
      await this.#call.hosting.ask('knock:admit', { participants });
      await until(() => !people.every(waits));
    });
  }

  /** Sends these away who wait; whoever has gone by themselves meanwhile is no fault. */
  deny(...people: Person[]): void {
    const who = listed(people.map(({ name }) => name));
    const text = people.length > 1 ? m.denied_many({ who }) : m.denied({ who });
    this.#act(text, () => this.#denyEach(people));
  }

  /** Says something to somebody who waits. */
  tell(person: Person, words: string): void {
    const text = m.waiting_told({ who: called(person) });
    this.#act(text, () => this.#call.hosting.tell(person.id, words));
  }

  forget(): void {
    this.#done = null;
    this.#fault = '';
  }

  async #denyEach(people: Person[]): Promise<void> {
    for (const { id: participant } of people)
      await this.#call.hosting.ask('knock:deny', { participant }).catch((error: unknown) => {
        const isGone = error instanceof Refusal && error.code === 'participant-not-found';
        if (!isGone || people.length === 1) throw error;
      });
  }

  #act(
    words: string | (() => string),
    act: () => Promise<void>,
    undo: (() => void) | null = null,
  ): void {
    this.forget();
    act().then(
      () => {
        const text = typeof words === 'string' ? words : words();
        this.#done = undo && { text, undo };
        this.#call.announcer.say(text);
      },
      (error: unknown) => {
        const isFull = error instanceof Refusal && error.code === 'meeting-full';
        this.#fault = isFull ? m.admit_full() : m.policy_failed();
      },
    );
  }
}

/** Waits for what the server tells besides its answer, which may take a moment. */
async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < LOOKS && !isSo(); look++)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

function called({ name }: Person): string {
  return name === null ? m.unnamed() : isolated(name);
}
