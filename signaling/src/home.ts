import { keptMeetings } from './kept-meetings.ts';
import type { KeptMeetings, KeptMeetingsParts } from './kept-meetings.ts';
import { keptSecret } from './kept-secret.ts';
import type { FindMeeting } from './meetings/meeting-directory.ts';
import { RedisLink } from './nodes/redis-link.ts';
import { sharedSecret } from './nodes/shared-secret.ts';
import type { Settings } from './settings.ts';
import { leaveShared, sharedMeetings } from './shared-meetings.ts';
import type { SharedMeetings } from './shared-meetings.ts';
import { Disk } from './store/disk.ts';
import type { Medium } from './store/medium.ts';

/** Where this process keeps its meetings, and what it signs tokens with. */
export type Home = KeptMeetings & {
  secret: string;
  find: FindMeeting;
  /** Whether nothing can be kept at present. */
  isFailing: () => boolean;
  /** The other nodes, where there may be some. */
  shared: SharedMeetings | null;
  /** Writes what is left and lets go. */
  close: () => Promise<void>;
};

/** Redis, which several nodes share, if `REDIS_URL` is set; otherwise the disk, or `medium`. Rejects with a SettingsError. */
export async function openHome(
  settings: Settings,
  { medium }: { medium?: Medium },
  parts: KeptMeetingsParts,
): Promise<Home> {
  if (settings.redisUrl !== null) return openShared(settings.redisUrl, settings.secret, parts);
  const secret = settings.secret ?? keptSecret(settings.dataDir);
  const kept = await keptMeetings(medium ?? (await Disk.open(settings.dataDir)), parts);
  return {
    ...kept,
    secret,
    find: (meetingId) => Promise.resolve(kept.directory.whereabouts(meetingId)),
    isFailing: () => kept.store.isFailing,
    shared: null,
    close: () => kept.store.close(),
  };
}

async function openShared(
  url: string,
  secret: string | null,
  parts: KeptMeetingsParts,
): Promise<Home> {
  const link = await RedisLink.open(url);
  const shared = await sharedMeetings(link, parts);
  const { store, owners, membership } = shared;
  return {
    ...shared,
    secret: secret ?? (await sharedSecret(link)),
    find: (meetingId) => owners.find(meetingId),
    isFailing: () => store.isFailing || !membership.isUp,
    shared,
    close: () => leaveShared(shared),
  };
}
