import type { Policy, Role } from '@confab/protocol';
import type { DoorView } from '../connection/door-opener.ts';
import type { CallConnection } from './call-connection.ts';

/** What hosts decide, and what they alone are shown. Every decision throws a Refusal where one may not, or the server cannot be asked. */
export class Hosting {
  readonly #connection: Pick<CallConnection, 'command'>;
  #policy = $state.raw<Policy | null>(null);
  #isOffered = $state(false);
  #door = $state.raw<DoorView>({ removed: [] });

  constructor(connection: Pick<CallConnection, 'command'>) {
    this.#connection = connection;
  }

  /** Null until the first snapshot. */
  get policy(): Policy | null {
    return this.#policy;
  }

  /** Who was removed, latest first. */
  get removed(): DoorView['removed'] {
    return this.#door.removed;
  }

  /** Whether one may become a host, since the last one has left. */
  get isOffered(): boolean {
    return this.#isOffered;
  }

  showOffered(isOffered: boolean): void {
    this.#isOffered = isOffered;
  }

  showPolicy(policy: Policy): void {
    this.#policy = policy;
  }

  showDoor(door: DoorView): void {
    this.#door = door;
  }

  async lock(locked: boolean): Promise<void> {
    await this.#connection.command('policy:set', { locked });
  }

  async remove(participant: string): Promise<void> {
    await this.#connection.command('participant:remove', { participant });
  }

  /** Makes somebody a host, or takes that away. */
  async setRole(participant: string, role: Role): Promise<void> {
    await this.#connection.command('role:set', { participant, role });
  }

  /** Takes somebody's hand down. */
  async lowerHand(participant: string): Promise<void> {
    await this.#connection.command('hand:lower', { participant });
  }

  /** Becomes a host, where that is offered. */
  async claim(): Promise<void> {
    await this.#connection.command('role:claim', {});
  }

  /** Lets somebody come again who was removed. */
  async readmit(participant: string): Promise<void> {
    await this.#connection.command('participant:readmit', { participant });
  }
}
