import type { Payload, Policy, Role } from '@confab/protocol';
import type { DoorView } from '../connection/door-opener.ts';
import type { Command, HostWord } from '../connection/meeting-events.ts';
import type { CallConnection } from './call-connection.ts';
import { distinctName } from './distinct-name.ts';
import type { Participant } from './participant.svelte.ts';
import type { ReactiveMap } from './reactive-map.svelte.ts';

/** What hosts decide, and what they alone are shown. */
export class Hosting {
  readonly #connection: Pick<CallConnection, 'command' | 'tellWaiting' | 'participantId'>;
  readonly #people: ReactiveMap<string, Participant>;
  #policy = $state.raw<Policy | null>(null);
  #isOffered = $state(false);
  #door = $state.raw<DoorView>({ removed: [], waiting: [], denied: [] });
  #told = $state.raw<HostWord | null>(null);
  #disobedient = $state.raw<string[]>([]);
  #newRole = $state<Role | null>(null);

  /** `people` is everybody in the meeting, oneself included. */
  constructor(
    connection: Pick<CallConnection, 'command' | 'tellWaiting' | 'participantId'>,
    people: ReactiveMap<string, Participant>,
  ) {
    this.#connection = connection;
    this.#people = people;
  }

  /** Whether a host has something to decide or to know, or one has to know what a host has decided. */
  get hasNews(): boolean {
    const hasBeenTold = this.#told !== null || this.#newRole !== null;
    const isSilenced = this.#self?.speech !== undefined;
    const count = this.toAnswer + this.#disobedient.length;
    return this.#isOffered || hasBeenTold || isSilenced || count > 0;
  }

  /** How many people ask something of a host: to come in, or to speak. */
  get toAnswer(): number {
    const waiting = this.#self?.role === 'host' ? this.waiting.length : 0;
    return waiting + this.asking.length;
  }

  /** Who asks to speak, for a host to decide. */
  get asking(): Participant[] {
    if (this.#self?.role !== 'host') return [];
    return [...this.#people.values()].filter(({ speech }) => speech === 'asking');
  }

  /** Null until the first snapshot. */
  get policy(): Policy | null {
    return this.#policy;
  }

  /** Who was removed, latest first. */
  get removed(): DoorView['removed'] {
    return this.#door.removed;
  }

  /** Who waits to be let in, in the order of knocking. */
  get waiting(): DoorView['waiting'] {
    return this.#door.waiting;
  }

  /** Who was denied of late, latest first. */
  get denied(): DoorView['denied'] {
    return this.#door.denied;
  }

  /** Whether one may become a host, since the last one has left. */
  get isOffered(): boolean {
    return this.#isOffered;
  }

  /** What a host has done to oneself last, until it is dismissed. */
  get told(): HostWord | null {
    return this.#told;
  }

  /** Whose page goes on with what a host has stopped, and is not connected to for that (R100). */
  get disobedient(): string[] {
    return this.#disobedient;
  }

  /** What one has become while one was here, until it is dismissed. */
  get newRole(): Role | null {
    return this.#newRole;
  }

  showRole(role: Role | null): void {
    this.#newRole = role;
  }

  showDisobedient(participantIds: string[]): void {
    this.#disobedient = participantIds;
  }

  showTold(word: HostWord | null): void {
    this.#told = word;
  }

  showOffered(isOffered: boolean): void {
    this.#isOffered = isOffered;
  }

  showPolicy(policy: Policy): void {
    this.#policy = policy;
  }

  showDoor({ removed, waiting, denied }: DoorView): void {
    this.#door = {
      removed: removed.map(named),
      waiting: waiting.map(named),
      denied: denied.map(named),
    };
  }

  /** Asks the server for it; throws a Refusal where one may not, or the server cannot be asked. */
  ask<Name extends Command>(name: Name, payload: Payload<Name>): Promise<void> {
    return this.#connection.command(name, payload);
  }

  /** Says something to somebody who waits; throws as {@link ask}. */
  tell(participant: string, text: string): Promise<void> {
    return this.#connection.tellWaiting(participant, text);
  }

  get #self(): Participant | undefined {
    return this.#people.get(this.#connection.participantId);
  }
}

function named<One extends { name: string | null }>(one: One): One {
  return one.name === null ? one : { ...one, name: distinctName(one.name) };
}
