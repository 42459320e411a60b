import type { DeniedPeople, Door, Removed, Waiting } from '@confab/protocol';
import { displayName } from './sealing/display-name.ts';
import { deriveSenderKey } from './sealing/keys.ts';
import { openHello } from './sealing/opener.ts';
import { RefusedSeal } from './sealing/refused-seal.ts';

/** What hosts see besides the meeting itself, with names opened; null for one that cannot be read (R63). */
export type DoorView = {
  removed: { id: string; name: string | null }[];
  /** Who waits to be let in, in the order of knocking (R71). */
  waiting: { id: string; name: string | null; resembles: boolean }[];
  /** Who was denied of late, latest first. */
  denied: { id: string; name: string | null }[];
};

/** Opens what the server tells hosts of the door: the latest counts, however long each takes. */
export class DoorOpener {
  readonly #secret: string;
  readonly #meetingId: string;
  readonly #onDoor: (door: DoorView) => void;
  #latest: Door & DeniedPeople = { removed: [], waiting: [], denied: [] };

  constructor(secret: string, meetingId: string, onDoor: (door: DoorView) => void) {
    this.#secret = secret;
    this.#meetingId = meetingId;
    this.#onDoor = onDoor;
  }

  /** Takes what is told now over what was told before. */
  async show(told: Door | DeniedPeople): Promise<void> {
    const door = { ...this.#latest, ...told };
    this.#latest = door;
    const removed = await Promise.all(door.removed.map((one) => this.#named(one)));
    const waiting = await Promise.all(door.waiting.map((one) => this.#knocking(one)));
    const denied = await Promise.all(door.denied.map((one) => this.#named(one)));
    if (this.#latest === door) this.#onDoor({ removed, waiting, denied });
  }

  async #knocking(one: Waiting): Promise<DoorView['waiting'][number]> {
    return { ...(await this.#named(one)), resembles: one.resembles ?? false };
  }

  async #named({
    id,
    incarnation,
    hello,
  }: Removed | Waiting): Promise<{ id: string; name: string | null }> {
    try {
      const key = await deriveSenderKey(this.#secret, this.#meetingId, id, incarnation);
      const from = { participantId: id, incarnation };
      const { name } = await openHello(key, this.#meetingId, from, hello);
      return { id, name: displayName(name) };
    } catch (error) {
      if (!(error instanceof RefusedSeal)) throw error;
      return { id, name: null };
    }
  }
}
