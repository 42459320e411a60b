import {
  FORGOTTEN_AFTER,
  meetingIdIn,
  meetingKey,
  NOT_RECORDS,
  outboxKey,
} from '../nodes/scripts.ts';
import { LinkFault } from '../nodes/redis-link.ts';
import type { RedisLink } from '../nodes/redis-link.ts';
import type { Change, Medium } from './medium.ts';

export type RedisMediumParts = {
  link: RedisLink;
  /** This node's name: it writes what it owns. */
  node: string;
  /** Whether writing makes sense at present. */
  isUp: () => boolean;
  /** Hears of a meeting that is another node's by now, before anybody who waits for the write hears that it ended. */
  onLost: (meetingId: string) => void;
};

/** Redis, which several nodes share: one hash a meeting. */
export class RedisMedium implements Medium {
  private readonly parts: RedisMediumParts;

  constructor(parts: RedisMediumParts) {
    this.parts = parts;
  }

  async *read(): AsyncIterable<readonly [string, string]> {
    const { link } = this.parts;
    const all: [string, string][] = [];
    for (const key of await link.keys(meetingKey('*')))
      all.push(...recordsIn(meetingIdIn(key), await link.fields(key)));
    yield* all.sort(([one], [other]) => (one < other ? -1 : 1));
  }

  async write(changes: Change[]): Promise<void> {
    const { link, node, isUp, onLost } = this.parts;
    if (!isUp()) throw new LinkFault('down');
    const told = changes.filter(isToldEvent).map(([key]) => key.split('/')[2] ?? '');
    if (told.length > 0) await link.run('forget', [outboxKey(node)], told);
    const meetings = byMeeting(changes.filter((change) => !isToldEvent(change)));
    if (meetings.size === 0) return;
    const args = [...meetings.values()].flatMap(argumentsOf);
    const keys = [...meetings.keys()].map(meetingKey);
    const lost = await link.run('write', keys, [node, ...args]);
    for (const key of lost as string[]) onLost(meetingIdIn(key));
  }

  recover(): Promise<void> {
    return this.parts.isUp() ? Promise.resolve() : Promise.reject(new LinkFault('down'));
  }

  /** The connection belongs to whoever opened it. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** The records of one meeting's hash under their keys, in the order of keys. */
export function recordsIn(meetingId: string, hash: Record<string, string>): [string, string][] {
  return Object.entries(hash)
    .filter(([field]) => !NOT_RECORDS.includes(field))
    .map(([field, text]): [string, string] => {
      const [kind = '', ...rest] = field.split('/');
      return [[kind, meetingId, ...rest].join('/'), text];
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Whoever was to hear of an event has; whose meeting it was matters no more. */
function isToldEvent([key, text]: Change): boolean {
  return text === undefined && key.startsWith('event/');
}

type Changes = { sets: [string, string][]; gone: string[] };

function byMeeting(changes: Change[]): Map<string, Changes> {
  const meetings = new Map<string, Changes>();
  for (const [key, text] of changes) {
    const [kind = '', meetingId = '', ...rest] = key.split('/');
    const { sets, gone } = meetings.get(meetingId) ?? { sets: [], gone: [] };
    meetings.set(meetingId, { sets, gone });
    const field = [kind, ...rest].join('/');
    if (text === undefined) gone.push(field);
    else sets.push([field, text]);
  }
  return meetings;
}

function argumentsOf({ sets, gone }: Changes): (string | number)[] {
  return [lifeOf(sets), sets.length, gone.length, ...sets.flat(), ...gone];
}

/** For how long a meeting is remembered though nobody writes to it, in milliseconds: beyond its last occurrence, where it was scheduled (R109). */
function lifeOf(sets: [string, string][]): number {
  const record = sets.find(([field]) => field === 'meeting')?.[1] ?? '';
  const keptUntil = Number(/"keptUntil":(\d+)/.exec(record)?.[1] ?? 0);
  return FORGOTTEN_AFTER + Math.max(0, keptUntil - Date.now());
}
