import type { Carried, LinkStanding } from '@confab/protocol';
import { CarriedMessages } from './carried-messages.ts';
import type { Clock } from './clock.ts';
import { MeshStandings } from './mesh-standings.ts';
import type { MeetingEvents } from './meeting-events.ts';
import { type Route, SignalRoutes, type Turn } from './signal-routes.ts';
import { StandingsTeller } from './standings-teller.ts';

export type MeshSignalsOptions = {
  self: string;
  clock: Clock;
  toServer: (to: string, sealed: string) => void;
  /** Sends on the channel of the link to `over`, and says whether it is on its way. */
  carry: (over: string, text: string) => boolean;
  /** Takes a signal that came over the link to `via`; resolves to whether `from` has said it. */
  accept: (via: string, from: string, sealed: string) => Promise<boolean>;
  /** Another way leads to `id` from now on, or none. What was under way on the former may be lost. */
  onRoute: (id: string, route: Route) => void;
  onStandings: (standings: MeetingEvents['standings']) => void;
};

/** How the signals of a mesh travel, and what its ends tell each other about that without the server (R39, R40). */
export class MeshSignals {
  readonly #options: MeshSignalsOptions;
  readonly #standings = new MeshStandings();
  readonly #open = new Set<string>();
  readonly #routes: SignalRoutes;
  readonly #teller: StandingsTeller;
  readonly #carried: CarriedMessages;
  readonly #routeTo = new Map<string, Route>();

  constructor(options: MeshSignalsOptions) {
    this.#options = options;
    const { self, clock, toServer, carry } = options;
    const standings = this.#standings;
    this.#routes = new SignalRoutes({ self, standings, open: this.#open, toServer, carry });
    this.#teller = new StandingsTeller(clock, (to) => carry(to, this.#ownLinks()));
    this.#carried = new CarriedMessages({
      self,
      clock,
      accept: (via, from, sealed) => void this.#accept(via, from, sealed),
      passOn: (to, text) => {
        if (standings.works(to)) carry(to, text);
      },
      onLinks: (from, links) => {
        standings.hear(from, links);
        options.onStandings({ from, links });
        this.#reroute();
      },
    });
  }

  setServer(there: boolean): void {
    this.#routes.setServer(there);
    this.#reroute();
  }

  /** Whether this side's link to `id` works. */
  works(id: string): boolean {
    return this.#standings.works(id);
  }

  /** There is a link to `id` now; `present`: the server says that they are connected to it. */
  meet(id: string, present: boolean): void {
    this.#routes.setPresent(id, present);
    if (this.#routeTo.has(id)) this.#reroute();
    else {
      this.#routeTo.set(id, null);
      this.stand(id, 'connecting');
    }
  }

  /** The link to `id` is over. */
  forget(id: string): void {
    this.#routeTo.delete(id);
    this.#open.delete(id);
    this.#teller.remove(id);
    this.#routes.forget(id);
    this.#carried.forget(id);
    this.#standings.forget(id);
    this.#changed();
  }

  stand(id: string, standing: LinkStanding): void {
    if (this.#standings.set(id, standing)) this.#changed();
  }

  setOpen(id: string, open: boolean): void {
    if (open) {
      this.#open.add(id);
      this.#teller.add(id);
    } else {
      this.#open.delete(id);
      this.#teller.remove(id);
    }
    this.#reroute();
  }

  receive(via: string, text: string): void {
    this.#carried.receive(via, text);
  }

  send(to: string, sealed: string, turn: Turn): void {
    this.#routes.send(to, sealed, turn);
  }

  async #accept(via: string, from: string, sealed: string): Promise<void> {
    if (await this.#options.accept(via, from, sealed)) this.#routes.prove(from, via);
  }

  #changed(): void {
    this.#teller.changed();
    this.#options.onStandings({ from: this.#options.self, links: this.#standings.own });
    this.#reroute();
  }

  #reroute(): void {
    for (const [id, before] of this.#routeTo) {
      const route = this.#routes.routeTo(id);
      if (route === before) continue;
      this.#routeTo.set(id, route);
      this.#options.onRoute(id, route);
    }
  }

  #ownLinks(): string {
    return JSON.stringify({ type: 'links', links: this.#standings.own } satisfies Carried);
  }
}
