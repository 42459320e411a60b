import { isSameMedia, Refusal } from '@confab/protocol';
import type { LinkCounts, MediaState } from '@confab/protocol';
import { begunAnew } from './seat.ts';
import type { Seats } from './seats.ts';

/** What is known of one meeting's people besides where they sit, and what they say of themselves. */
export class People {
  private readonly seats: Seats;

  constructor(seats: Seats) {
    this.seats = seats;
  }

  /** `participantId`'s media still arrives somewhere: keeps its seat shown for another while (R10). */
  vouch(participantId: string): void {
    const seat = this.seats.find(participantId);
    if (seat?.shown === true) seat.lease?.vouch();
  }

  /** What this participant sends now. */
  update(participantId: string, media: MediaState): void {
    const seat = this.seats.find(participantId);
    if (seat === undefined) return;
    if (isSameMedia(seat.media, media)) return;
    Object.assign(seat, begunAnew(seat, media), { media });
    this.seats.keepLazily(seat);
  }

  /** How this participant's links go, as they say (R114). */
  report(participantId: string, links: LinkCounts): void {
    const seat = this.seats.find(participantId);
    if (seat !== undefined) seat.links = links;
  }

  /** How all links go, each counted at both ends. Of nobody more are counted than there are others, whatever they say. */
  get links(): LinkCounts {
    const { shown } = this.seats;
    const sum = { direct: 0, relayed: 0 };
    for (const { links } of shown) {
      const relayed = Math.min(links?.relayed ?? 0, shown.length - 1);
      sum.relayed += relayed;
      sum.direct += Math.min(links?.direct ?? 0, shown.length - 1 - relayed);
    }
    return sum;
  }

  /** Takes a place in the order of hands, or gives it up (R57). Throws `participant-not-found`. */
  setHand(participantId: string, isUp: boolean): void {
    const seat = this.seats.find(participantId);
    if (seat === undefined) throw new Refusal('participant-not-found');
    this.seats.setHand(seat, isUp);
  }

  /** Whether nobody looks at this participant's page (R59). */
  setAway(participantId: string, isAway: boolean): void {
    const seat = this.seats.find(participantId);
    if (seat !== undefined) this.seats.setAway(seat, isAway);
  }
}
