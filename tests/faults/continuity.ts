import type { Progress, Sample } from '../page/sample-meeting.ts';

/** Moments in milliseconds since 1970. */
export type Span = { from: number; to: number };

/** Opus packets leave every 20 ms while somebody makes a sound. */
const PACKET_MS = { sound: 20, picture: 0 };

/**
 * For how many milliseconds nothing at all arrived for `name`'s tile within the span, at most. Looks are far apart: what may have
 * happened between two of them is bounded by the number of packets, for sound that came in full left no room for a gap.
 */
export function longestGap(samples: readonly Sample[], name: string, { from, to }: Span): number {
  let longest = 0;
  let before: Reception | null = null;
  let isSeen = false;
  for (const sample of samples) {
    const now = reception(sample, name, before);
    if (now.at > to) break;
    if (now.at >= from && now.latest > -Infinity) {
      isSeen = true;
      longest = Math.max(longest, Math.min(gapUpTo(now, before), now.at - from));
    }
    before = now;
  }
  return isSeen ? longest : to - from;
}

/** When it was first seen after `since` that newer frames of `name` had been decoded; null if that was never seen. */
export function pictureBackAt(
  samples: readonly Sample[],
  name: string,
  since: number,
): number | null {
  return momentsOfNewFrames(samples, name).find((at) => at > since) ?? null;
}

/** When it was first seen that a connection other than the one at `since` had brought frames of `name`; null if never. */
export function newPictureAt(
  samples: readonly Sample[],
  name: string,
  since: number,
): number | null {
  const looks = samples.map(({ received }) => received[name]?.picture).filter((look) => !!look);
  const before = looks.filter(({ at }) => at <= since).at(-1)?.connection;
  const fresh = looks.find(
    ({ at, connection, framesDecoded }) => at > since && connection !== before && framesDecoded > 0,
  );
  return fresh?.at ?? null;
}

/** For how many milliseconds no newer frame of `name` was seen within the span, at most; as fine as the looks are. */
export function longestStandstill(
  samples: readonly Sample[],
  name: string,
  { from, to }: Span,
): number {
  const within = momentsOfNewFrames(samples, name).filter((at) => at > from && at < to);
  return longestStep([from, ...within, to]);
}

/** For how long nobody looked within the span, at most: a page that gets no processor time cannot judge. */
export function longestBlindness(samples: readonly Sample[], { from, to }: Span): number {
  return longestStep([
    from,
    ...samples.map(({ at }) => at).filter((at) => at > from && at < to),
    to,
  ]);
}

function longestStep(moments: readonly number[]): number {
  return Math.max(...moments.slice(1).map((at, index) => at - (moments[index] ?? at)));
}

/** A new connection's frames count from its first one on. */
function momentsOfNewFrames(samples: readonly Sample[], name: string): number[] {
  const moments: number[] = [];
  let before: Progress | null = null;
  for (const { received } of samples) {
    const picture = received[name]?.picture;
    if (!picture) continue;
    const isSame = before?.connection === picture.connection;
    const earlier = isSame ? (before?.framesDecoded ?? 0) : 0;
    if (before && picture.framesDecoded > earlier) moments.push(picture.at);
    before = picture;
  }
  return moments;
}

type Kind = 'sound' | 'picture';
/** `latest`: when the newest packet arrived; of a reception, the newest of any stream. */
type Stream = { connection: number; packets: number; latest: number };
type Reception = { at: number; latest: number; streams: Partial<Record<Kind, Stream>> };

function reception({ at, received }: Sample, name: string, before: Reception | null): Reception {
  const streams: Reception['streams'] = {};
  let looked = at;
  for (const kind of ['sound', 'picture'] as const) {
    const progress = received[name]?.[kind];
    if (!progress) continue;
    streams[kind] = stream(progress, before?.streams[kind]);
    looked = Math.max(looked, progress.at);
  }
  const moments = Object.values(streams).map(({ latest }) => latest);
  return { at: looked, latest: Math.max(before?.latest ?? -Infinity, ...moments), streams };
}

function stream({ connection, packets, lastAt, at }: Progress, before: Stream | undefined): Stream {
  const isSame = before?.connection === connection;
  const hasMore = packets > (isSame ? before.packets : 0);
  return { connection, packets, latest: hasMore ? (lastAt ?? at) : (before?.latest ?? -Infinity) };
}

function gapUpTo(now: Reception, before: Reception | null): number {
  const waiting = now.at - now.latest;
  if (!before || before.latest === -Infinity || now.latest === before.latest) return waiting;
  const possible = (['sound', 'picture'] as const).map((kind) => {
    const [earlier, later] = [before.streams[kind], now.streams[kind]];
    if (!later || later.latest <= (earlier?.latest ?? before.latest)) return Infinity;
    const packets = earlier?.connection === later.connection ? later.packets - earlier.packets : 1;
    return later.latest - (earlier?.latest ?? before.latest) - (packets - 1) * PACKET_MS[kind];
  });
  return Math.max(waiting, ...[Math.min(...possible)].filter(Number.isFinite));
}
