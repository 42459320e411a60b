import { Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Chats } from '../meetings/chats.ts';
import { leaseTimes } from '../meetings/lease-times.ts';
import type { MeetingDirectory, Whereabouts } from '../meetings/meeting-directory.ts';
import type { MeetingStore } from '../meetings/meeting-store.ts';
import { UnreadableRecord } from '../meetings/meeting-store.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { readRecord } from '../meetings/records.ts';
import type { Metrics } from '../metrics.ts';
import { recordsIn } from '../store/redis-medium.ts';
import type { Outbox } from '../webhooks/outbox.ts';
import type { Membership } from './membership.ts';
import type { RedisLink } from './redis-link.ts';
import { FORGOTTEN_AFTER, meetingKey } from './scripts.ts';

/** A meeting's versions begin behind this with each owner: more than one owner can count to. */
const VERSIONS_PER_TERM = 2 ** 32;
/** Meetings that are asked about at once. */
const BATCH = 200;

export type MeetingOwnersParts = {
  link: RedisLink;
  membership: Membership;
  store: MeetingStore;
  directory: MeetingDirectory;
  chats: Chats;
  outbox: Outbox;
  clock: Clock;
  log: Log;
  metrics: Metrics;
};

/**
 * Which node runs which meeting. Each meeting has one owner, which decides everything about it in its own memory, as a server on its own does: joins, leases, the order of
 * the chat. The owner writes to Redis before it answers; Redis refuses what comes from anybody else (a fence), so there may be a node that believes it is the owner, but
 * never two whose word counts. A meeting without a living owner becomes that of the node which is asked for it, and goes on as after a restart.
 */
export class MeetingOwners {
  /** Hears of a meeting that is not run here any more. */
  onLetGo: (meeting: Meeting) => void = () => undefined;
  private isStopping = false;
  private readonly parts: MeetingOwnersParts;
  private readonly claims = new Map<string, Promise<Whereabouts>>();

  constructor(parts: MeetingOwnersParts) {
    this.parts = parts;
  }

  /** Where a meeting is; here from now on, if nobody had it. Throws `internal` while Redis cannot be asked, and `server-draining`. */
  async find(meetingId: string): Promise<Whereabouts> {
    const here = this.parts.directory.whereabouts(meetingId);
    if (here !== null) return here;
    const claim = this.claims.get(meetingId) ?? this.claim(meetingId);
    this.claims.set(meetingId, claim);
    try {
      return await claim;
    } finally {
      this.claims.delete(meetingId);
    }
  }

  /** Asks Redis as {@link find} does for a meeting that is not here, whatever the answer is. Throws as that does. */
  async probe(meetingId: string): Promise<void> {
    const { link, membership } = this.parts;
    if (!membership.isUp) throw new Refusal('internal');
    const { isSettled, node } = membership;
    await link.run('claim', [meetingKey(meetingId)], [node, '0', '0']);
    if (this.isStopping) throw new Refusal('server-draining');
    if (!isSettled) throw new Refusal('internal');
  }

  /** The meeting is another node's by now: what happens to it here does not count, and is told to nobody. */
  lose(meetingId: string): void {
    const { directory, chats, outbox, log } = this.parts;
    outbox.lose(meetingId);
    const meeting = directory.get(meetingId);
    if (meeting === undefined) return;
    directory.letGo(meeting);
    chats.letGo(meetingId);
    log.warn('another node has taken a meeting over', { meetingId });
    this.onLetGo(meeting);
  }

  /** Looks which meetings are still this node's. What Redis has forgotten, or may have, is written again. */
  async check(mayHaveForgotten: boolean): Promise<void> {
    const { link, membership, directory, outbox } = this.parts;
    const all = directory.all;
    for (let at = 0; at < all.length; at += BATCH) {
      const some = all.slice(at, at + BATCH);
      const keys = some.map(({ id }) => meetingKey(id));
      const found = await link.run('check', keys, [membership.node, FORGOTTEN_AFTER]);
      for (const [index, meeting] of some.entries()) {
        const state = (found as ('mine' | 'gone' | 'lost')[])[index];
        if (state === 'lost') this.lose(meeting.id);
        else if (state === 'gone' || mayHaveForgotten) await this.writeAgain(meeting);
      }
    }
    if (!mayHaveForgotten) return;
    directory.keepAllEnded();
    outbox.keepAll();
  }

  /** From now on no meeting is taken over any more. */
  stopTaking(): void {
    this.isStopping = true;
  }

  /** Gives up all meetings, so that other nodes may take them at once. To be called when everything is written. */
  async release(): Promise<void> {
    const { link, membership, directory } = this.parts;
    const all = directory.all;
    for (let at = 0; at < all.length; at += BATCH) {
      const keys = all.slice(at, at + BATCH).map(({ id }) => meetingKey(id));
      await link.run('release', keys, [membership.node]);
    }
    for (const meeting of all) this.onLetGo(meeting);
  }

  private async claim(meetingId: string): Promise<Whereabouts> {
    const { link, membership, directory, outbox, clock } = this.parts;
    if (!membership.isUp) throw new Refusal('internal');
    const { isSettled, node } = membership;
    const mayTake = isSettled && !this.isStopping;
    const answer = await link.run(
      'claim',
      [meetingKey(meetingId)],
      [node, mayTake ? '1' : '0', outbox.tells ? '1' : '0'],
    );
    const [state, detail, kept] = answer as [string, string | number, string | string[]];
    // Its owner may be about to write it again.
    if (state === 'unknown' && !isSettled) throw new Refusal('internal');
    if (state === 'owned') return { node: String(detail), kept: String(kept) };
    if (state === 'free') throw new Refusal(this.isStopping ? 'server-draining' : 'internal');
    if (state === 'ended') this.adopt(meetingId, { ended: String(detail) });
    if (state === 'taken') this.take(meetingId, pairs([kept].flat()), Number(detail));
    const found = directory.whereabouts(meetingId);
    return found !== null && 'ended' in found && found.ended.forgetAt <= clock.now() ? null : found;
  }

  private take(meetingId: string, hash: Record<string, string>, term: number): void {
    const { log, metrics, membership, link } = this.parts;
    try {
      this.adopt(meetingId, hash, term);
    } catch (fault) {
      if (!(fault instanceof UnreadableRecord)) throw fault;
      log.error('Redis holds a meeting that this version cannot read', { fault });
      this.lose(meetingId);
      void link.run('release', [meetingKey(meetingId)], [membership.node]).catch(() => undefined);
      throw new Refusal('internal');
    }
    metrics.meetingsTaken.inc();
    log.info('a meeting was taken over', { meetingId });
  }

  private adopt(meetingId: string, hash: Record<string, string>, term = 0): void {
    const { directory, chats, membership } = this.parts;
    // As after a restart; where only one of several nodes is gone, everybody else is back sooner.
    const isYoung = membership.age < leaseTimes.shownAfterAbsence;
    const shownFor = isYoung ? leaseTimes.shownAfterAbsence : leaseTimes.shown;
    const versionsFrom = term * VERSIONS_PER_TERM;
    for (const [key, text] of recordsIn(meetingId, hash)) {
      const kept = readRecord(key, parsed(text));
      if (kept.kind === 'chat') chats.restore(meetingId, kept.record);
      else if (kept.kind !== 'event') directory.restore(kept, { shownFor, versionsFrom });
    }
    if (directory.whereabouts(meetingId) === null) chats.letGo(meetingId);
  }

  private async writeAgain({ id }: Meeting): Promise<void> {
    const { link, store, directory, chats } = this.parts;
    const there = recordsIn(id, await link.fields(meetingKey(id))).map(([key]) => key);
    const meeting = directory.get(id);
    if (meeting === undefined) return;
    const kept = new Set([...meeting.keepAll(), ...chats.keepAll(id)]);
    for (const key of there) if (!kept.has(key)) store.keep(key, () => undefined);
  }
}

function pairs(flat: string[]): Record<string, string> {
  const hash: Record<string, string> = {};
  for (let at = 0; at + 1 < flat.length; at += 2) hash[flat[at] ?? ''] = flat[at + 1] ?? '';
  return hash;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableRecord('no JSON');
  }
}
