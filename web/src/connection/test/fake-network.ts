import type { KnownParticipant } from '../known-participant.ts';
import { FakePage } from './fake-page.ts';
import type { FakeWire } from './fake-wire.ts';
import { ManualClock } from './manual-clock.ts';
import { cryptoRests } from './resting-crypto.ts';
import { id, person } from './sealed-people.ts';

const STEP_MS = 50;

/** Some people with a mesh each, the ways between them, and a server that only relays, all in a test's hands. */
export class FakeNetwork {
  readonly clock = new ManualClock();
  readonly pages: FakePage[] = [];
  /** What went over the links' `signals` channels since the last {@link forgetTraffic}. */
  traffic: { from: string; to: string; text: string }[] = [];
  relayed = 0;
  hasServer = true;
  readonly #wires = new Map<string, FakeWire>();
  readonly #cuts = new Map<string, number>();

  static async of(count: number): Promise<FakeNetwork> {
    const network = new FakeNetwork();
    for (let index = 0; index < count; index++) {
      network.pages.push(new FakePage(network, await person(10 + index, index + 1)));
    }
    network.announce();
    await network.until('everybody is connected', () =>
      network.pages.every((one) => network.others(one).every((other) => one.works(other))),
    );
    return network;
  }

  others(page: FakePage): FakePage[] {
    return this.pages.filter((one) => one !== page);
  }

  /** Tells everybody who is there, as the server does. */
  announce(isPresent: (page: FakePage) => boolean = () => true): void {
    const known = this.pages.map((page): KnownParticipant => ({
      ...page.person.known,
      presence: isPresent(page) ? 'present' : 'reconnecting',
    }));
    for (const page of this.pages) page.mesh.reconcile(known);
  }

  /** Tells everybody that nobody sits before these pages, which are connected to the server all the same. */
  announceAway(...away: FakePage[]): void {
    const known = this.pages.map((page): KnownParticipant => ({
      ...page.person.known,
      presence: away.includes(page) ? 'away' : 'present',
    }));
    for (const page of this.pages) page.mesh.reconcile(known);
  }

  /** Tells some of them that only those are in the meeting. */
  announceTo(pages: FakePage[], isInMeeting: (page: FakePage) => boolean): void {
    const known = this.pages.filter(isInMeeting).map(({ person: { known: one } }) => one);
    for (const page of pages) page.mesh.reconcile(known);
  }

  /** Takes somebody's network away, the way to the server included; they are not told of anything. */
  cutOff(page: FakePage): void {
    page.mesh.setConnected(false);
    for (const other of this.others(page)) this.cut(page, other);
  }

  /** Somebody closes their page, and is gone for everybody. */
  leave(page: FakePage): void {
    page.mesh.close();
    this.pages.splice(this.pages.indexOf(page), 1);
    this.announce();
  }

  /** Another page load of the same person in the same seat. */
  async reload(page: FakePage): Promise<FakePage> {
    const index = this.pages.indexOf(page);
    const again = await person(10 + index, index + 1, id(200 + index));
    page.mesh.close();
    const loaded = new FakePage(this, again);
    this.pages[index] = loaded;
    this.announce();
    return loaded;
  }

  stopServer(): void {
    this.hasServer = false;
    for (const { mesh } of this.pages) mesh.setConnected(false);
  }

  startServer(): void {
    this.hasServer = true;
    for (const { mesh } of this.pages) mesh.setConnected(true);
  }

  forgetTraffic(): void {
    this.traffic = [];
  }

  /** Breaks the way between two people; only what they agree on afterwards finds another. */
  cut(one: FakePage, other: FakePage): void {
    const pair = pairOf(one.id, other.id);
    this.#cuts.set(pair, this.cutsBetween(one.id, other.id) + 1);
    for (const wire of this.#wires.values()) if (wire.isBetween(one.id, other.id)) wire.break();
  }

  cutsBetween(one: string, other: string): number {
    return this.#cuts.get(pairOf(one, other)) ?? 0;
  }

  /** Has `from` say `text` on its link to `to`, whatever its mesh thinks of that. */
  say(from: FakePage, to: FakePage, text: string): void {
    for (const wire of this.#wires.values()) if (wire.leads(from, to)) wire.say(text);
  }

  wire(name: string): FakeWire | undefined {
    return this.#wires.get(name);
  }

  add(wire: FakeWire): string {
    const name = `w${this.#wires.size}`;
    this.#wires.set(name, wire);
    return name;
  }

  /** Lets time pass, and what is sealed meanwhile be opened, until `isSo`. */
  async until(what: string, isSo: () => boolean, mostMs = 120_000): Promise<void> {
    const end = this.clock.now() + mostMs;
    while (!isSo()) {
      if (this.clock.now() >= end)
        throw new Error(`Within ${mostMs} ms it did not come to this: ${what}.`);
      await this.pass(STEP_MS);
    }
  }

  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    while (this.clock.now() < end) {
      const now = this.clock.now();
      this.clock.advance(Math.min(Math.max(STEP_MS, this.clock.next - now), end - now));
      await cryptoRests();
    }
  }
}

function pairOf(one: string, other: string): string {
  return [one, other].sort().join(' ');
}
