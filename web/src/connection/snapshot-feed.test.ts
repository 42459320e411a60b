import type { Snapshot } from '@confab/protocol';
import { expect, it, vi } from 'vitest';
import { SnapshotFeed } from './snapshot-feed.ts';
import type { SnapshotOpener } from './snapshot-opener.ts';

function feeding() {
  const seen: number[] = [];
  const opener = { open: () => Promise.resolve([]) } as unknown as SnapshotOpener;
  const feed = new SnapshotFeed(opener, (_participants, { version }) => seen.push(version));
  return { feed, seen };
}

const at = (version: number): Snapshot => ({
  version,
  participants: [],
  policy: { locked: false },
});

it('R7 what is told before the join is answered counts, where it is newer than the answer', async () => {
  const { feed, seen } = feeding();
  feed.offer(at(7));
  feed.offer(at(9));
  feed.offer(at(8));
  expect(seen).toEqual([]);
  feed.begin(at(8));
  await vi.waitFor(() => expect(seen.at(-1)).toBe(9));
  feed.begin(at(8));
  feed.offer(at(9));
  feed.offer(at(10));
  await vi.waitFor(() => expect(seen.at(-1)).toBe(10));
});

it('R7 after a loss the next connection begins anew, and what the last one told is forgotten', async () => {
  const { feed, seen } = feeding();
  feed.begin(at(20));
  await vi.waitFor(() => expect(seen).toEqual([20]));
  feed.pause();
  feed.offer(at(30));
  feed.pause();
  feed.begin(at(3));
  await vi.waitFor(() => expect(seen).toEqual([20, 3]));
});
