import type { Clock } from '../clock.ts';
import { Refusal } from '@confab/protocol';
import type { FindMeeting } from '../meetings/meeting-directory.ts';
import { readRecord } from '../meetings/records.ts';
import type { Log } from '../log.ts';
import type { Outbox } from '../webhooks/outbox.ts';
import type { Membership } from './membership.ts';
import type { RedisLink } from './redis-link.ts';
import { FORGOTTEN_AFTER, TELLERS } from './scripts.ts';

/** Milliseconds between two looks. */
const EVERY = 2_000;

export type OutboxHeirsParts = {
  link: Pick<RedisLink, 'run'>;
  membership: Pick<Membership, 'isSettled' | 'node'>;
  outbox: Pick<Outbox, 'restore'>;
  find: FindMeeting;
  clock: Clock;
  log: Log;
};

/**
 * Takes over, now and then, what dead nodes have left untold: their events, and their meetings that have started, lest nobody hears that they ended because nobody comes
 * back. Each is taken by one node. The returned function ends that.
 */
export function inheritOutboxes({ link, membership, outbox, find, clock, log }: OutboxHeirsParts) {
  /** Whether something may have become this node's without its hearing of it: Redis does what it is asked although the answer is lost. */
  let isUnsure = false;
  let cancel = later();
  return () => cancel();

  function later() {
    return clock.after(EVERY, () => {
      void inherit().finally(() => (cancel = later()));
    });
  }

  async function inherit() {
    const wasUnsure = isUnsure;
    isUnsure = true;
    if (!membership.isSettled) return;
    const args = [membership.node, FORGOTTEN_AFTER, wasUnsure ? '1' : '0'];
    const answer = await link.run('inherit', [TELLERS], args).catch(() => null);
    if (answer === null) return;
    isUnsure = false;
    const [events, meetings] = answer as [string[], string[]];
    const left = events.flatMap((text) => eventIn(text) ?? []);
    left.sort((one, other) => (one.id < other.id ? -1 : 1));
    for (const event of left) outbox.restore(event);
    if (left.length > 0) log.info('events of another node were taken over', { count: left.length });
    // What is taken over here goes on here: leases run out, and events follow. A refusal means that another node has it, or will be asked.
    for (const meetingId of meetings)
      await find(meetingId).catch((fault: unknown) => (isUnsure ||= !(fault instanceof Refusal)));
  }
}

/** Null where another version wrote it. */
function eventIn(text: string) {
  try {
    const value = JSON.parse(text) as { meetingId: string };
    const kept = readRecord(`event/${value.meetingId}`, value);
    return kept.kind === 'event' ? kept.record : null;
  } catch {
    return null;
  }
}
