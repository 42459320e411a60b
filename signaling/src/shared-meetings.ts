import type { KeptMeetings, KeptMeetingsParts } from './kept-meetings.ts';
import { storeOn, follow } from './kept-meetings.ts';
import { Chats } from './meetings/chats.ts';
import { MeetingDirectory } from './meetings/meeting-directory.ts';
import { MeetingOwners } from './nodes/meeting-owners.ts';
import { Membership } from './nodes/membership.ts';
import { NodeChannel } from './nodes/node-channel.ts';
import { inheritOutboxes } from './nodes/outbox-heirs.ts';
import type { RedisLink } from './nodes/redis-link.ts';
import { RedisMedium } from './store/redis-medium.ts';
import { Outbox } from './webhooks/outbox.ts';

/** What makes this process one of several nodes. */
export type SharedMeetings = KeptMeetings & {
  link: RedisLink;
  membership: Membership;
  channel: NodeChannel;
  owners: MeetingOwners;
  stopInheriting: () => void;
};

/** The meetings that this process runs of those that it shares with other nodes. Rejects with a LinkFault. */
export async function sharedMeetings(
  link: RedisLink,
  parts: KeptMeetingsParts,
): Promise<SharedMeetings> {
  const { clock, log, metrics } = parts;
  const membership = new Membership({ link, log });
  const { node } = membership;
  const isUp = () => membership.isUp;
  const onLost = (meetingId: string) => owners.lose(meetingId);
  const store = storeOn('REDIS_URL', new RedisMedium({ link, node, isUp, onLost }), parts);
  const directory = new MeetingDirectory(clock, store);
  const chats = new Chats(store);
  const outbox = new Outbox({ ...parts, store });
  follow({ directory, chats, outbox }, clock);
  const channel = new NodeChannel({ link, node, isUp, log });
  const shared = { link, membership, store, directory, chats, outbox };
  const owners = new MeetingOwners({ ...shared, clock, log, metrics });
  await membership.start();
  const stopInheriting =
    parts.receivers.length > 0
      ? inheritOutboxes({
          ...{ link, membership, outbox, clock, log },
          find: (meetingId) => owners.find(meetingId),
        })
      : () => undefined;
  return { ...shared, channel, owners, stopInheriting };
}

/** Writes what is left and gives the meetings up, so that other nodes may have them at once. */
export async function leaveShared(shared: SharedMeetings): Promise<void> {
  const { link, membership, owners, store, stopInheriting } = shared;
  stopInheriting();
  await store.close();
  // Without Redis, others notice by themselves as soon as they have it back.
  if (membership.isUp) await owners.release().catch(() => undefined);
  membership.close();
  link.close();
}
