import type { BrowserContext, Page } from '@playwright/test';
import { sampleMeeting, type Sample } from '../page/sample-meeting.ts';
import {
  longestBlindness,
  longestGap,
  longestStandstill,
  newPictureAt,
  pictureBackAt,
  type Span,
} from './continuity.ts';

/** Whoever takes part, as far as a witness needs them. */
export type Watched = { name: string; page: Page };

export type Gap = { viewer: string; of: string; milliseconds: number };

const EVERY_MS = 200;

/** Sees what every page of a meeting shows and receives, five times a second, and answers for all of them afterwards. */
export class Witness {
  private readonly seen = new Map<Watched, Sample[]>();

  /** Before the page is opened. `interval` in milliseconds. */
  static async prepare(context: BrowserContext, interval = EVERY_MS): Promise<void> {
    await context.addInitScript(sampleMeeting, interval);
  }

  watch(...people: Watched[]): void {
    for (const person of people) this.seen.set(person, []);
  }

  /** Takes over what the pages have seen so far; before a page is closed or loaded anew, or it is lost. */
  async gather(): Promise<void> {
    await Promise.all(
      [...this.seen].map(async ([{ page }, samples]) => {
        if (page.isClosed()) return;
        samples.push(...(await page.evaluate(() => window.takeSamples())));
      }),
    );
  }

  samplesOf(viewer: Watched): readonly Sample[] {
    return this.seen.get(viewer) ?? [];
  }

  /** As they stood when the page looked last. */
  connectionsOf(viewer: Watched): Sample['connections'] {
    return this.samplesOf(viewer).at(-1)?.connections ?? { made: 0, open: 0 };
  }

  /** The longest gap of everybody's reception from everybody else, longest first. */
  gaps(span: Span, people: readonly Watched[] = [...this.seen.keys()]): Gap[] {
    return people
      .flatMap((viewer) =>
        people
          .filter((other) => other !== viewer)
          .map(({ name }) => ({
            viewer: viewer.name,
            of: name,
            milliseconds: longestGap(this.samplesOf(viewer), name, span),
          })),
      )
      .sort((one, other) => other.milliseconds - one.milliseconds);
  }

  /** When the viewer was first seen to have newer frames of the other after `since`. */
  pictureBackAt(viewer: Watched, other: Watched, since: number): number | null {
    return pictureBackAt(this.samplesOf(viewer), other.name, since);
  }

  /** When the viewer was first seen to have frames of the other over a connection made after `since`. */
  newPictureAt(viewer: Watched, other: Watched, since: number): number | null {
    return newPictureAt(this.samplesOf(viewer), other.name, since);
  }

  /** For how many milliseconds the picture of either stood still for the other, at most. */
  longestStandstill([one, other]: readonly [Watched, Watched], span: Span): number {
    return Math.max(this.standstill(one, other, span), this.standstill(other, one, span));
  }

  /** For how many milliseconds the picture of `other` stood still for the viewer, at most. */
  standstill(viewer: Watched, other: Watched, span: Span): number {
    return longestStandstill(this.samplesOf(viewer), other.name, span);
  }

  /** Every look within the span at which one of `viewers` did not see exactly everybody, each once, as sentences. */
  rosterFaults({ from, to }: Span, viewers: readonly Watched[] = [...this.seen.keys()]): string[] {
    return viewers.flatMap((viewer) => {
      const others = [...this.seen.keys()]
        .filter((other) => other !== viewer)
        .map(({ name }) => name);
      const wanted = ['You', ...others].sort().join(', ');
      return this.samplesOf(viewer)
        .filter(({ at }) => at > from && at < to)
        .map(({ at, names }) => ({ at, seen: [...names].sort().join(', ') }))
        .filter(({ seen }) => seen !== wanted)
        .map(({ at, seen }) => `${viewer.name} saw ${seen} ${at - from} ms after the start`);
    });
  }

  /** For how long one of the pages did not look, at most. */
  blindness(span: Span): number {
    return Math.max(...[...this.seen.values()].map((samples) => longestBlindness(samples, span)));
  }
}
