import { makeMeeting, partsOf } from '../fixtures/make-meeting.ts';
import type { Participant } from '../fixtures/participant.ts';
import { test as base } from '../fixtures/test.ts';
import { EvilRelay, type Mischief } from './evil-relay.ts';

/** What the attacker may know: everything, the link's secret included. */
export type Known = { meetingId: string; secret: string; incarnations: Map<string, string> };

export const test = base.extend<{
  /** People with these names join a meeting through a relay that does this to their signals. */
  meetUnderAttack: (names: string[], attack: (known: Known) => Mischief) => Promise<Participant[]>;
}>({
  meetUnderAttack: async ({ arrive, interfered }, use) => {
    await use(async (names, attack) => {
      let mischief: Mischief = (signal, deliver) => deliver(signal);
      const relay = new EvilRelay((signal, deliver) => mischief(signal, deliver));
      const proxy = await interfered(relay.interfere);
      const link = await makeMeeting(proxy.url);
      mischief = attack({ ...partsOf(link), incarnations: relay.incarnations });
      const people: Participant[] = [];
      for (const name of names) {
        const person = await arrive(name);
        await person.joins(link);
        people.push(person);
      }
      return people;
    });
  },
});
