import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { Chats } from './meetings/chats.ts';
import { MeetingDirectory } from './meetings/meeting-directory.ts';
import { UnreadableRecord } from './meetings/meeting-store.ts';
import { readRecord } from './meetings/records.ts';
import type { Metrics } from './metrics.ts';
import { SettingsError } from './settings-error.ts';
import { GroupedStore } from './store/grouped-store.ts';
import type { Medium } from './store/medium.ts';
import { Outbox } from './webhooks/outbox.ts';

export type KeptMeetings = {
  store: GroupedStore;
  directory: MeetingDirectory;
  chats: Chats;
  outbox: Outbox;
};
export type KeptMeetingsParts = {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** The names of those who are told what happens in meetings. */
  receivers: string[];
};

/** The meetings that are kept on `medium`, and where further ones are kept. Throws a SettingsError when it holds what cannot be read. */
export async function keptMeetings(
  medium: Medium,
  parts: KeptMeetingsParts,
): Promise<KeptMeetings> {
  const store = storeOn('DATA_DIR', medium, parts);
  const directory = new MeetingDirectory(parts.clock, store);
  const chats = new Chats(store);
  const outbox = new Outbox({ ...parts, store });
  const kept = { store, directory, chats, outbox };
  try {
    await restore(kept, parts.metrics);
    follow(kept, parts.clock);
    return kept;
  } catch (fault) {
    directory.close();
    await store.close();
    throw fault instanceof UnreadableRecord ? new SettingsError([unreadable(fault)]) : fault;
  }
}

/** From now on what happens in meetings is told to other programs, and their chats begin and end with them. */
export function follow(
  { directory, chats, outbox }: Pick<KeptMeetings, 'directory' | 'chats' | 'outbox'>,
  clock: Clock,
): void {
  directory.onEnd = (meetingId) => chats.end(meetingId);
  directory.onEvent = (event) => {
    const { type, meetingId } = event;
    if (type === 'meeting.started')
      chats.begin(meetingId, clock.now(), directory.get(meetingId)?.occupancy.leftAt ?? null);
    outbox.add(event);
  };
}

/** Keeps what is kept on `medium`, which is where `setting` leads. */
export function storeOn(
  setting: 'DATA_DIR' | 'REDIS_URL',
  medium: Medium,
  { log, metrics }: KeptMeetingsParts,
): GroupedStore {
  return new GroupedStore(medium, {
    onWritten(records, seconds) {
      metrics.storeSeconds.observe(seconds);
      metrics.storeRecords.inc(records);
    },
    onFailing(fault) {
      metrics.storeFaults.inc();
      log.error(`${setting} cannot be written; nobody is let in until it can`, { fault });
    },
    onRecovered: () => log.info(`${setting} can be written again`),
  });
}

async function restore({ store, directory, chats, outbox }: KeptMeetings, metrics: Metrics) {
  for await (const [key, value] of store.read()) {
    const kept = readRecord(key, value);
    if (kept.kind === 'chat') chats.restore(kept.meetingId, kept.record);
    else if (kept.kind === 'event') outbox.restore(kept.record);
    else directory.restore(kept);
    if (kept.kind === 'seat') metrics.seatsRestored.inc();
  }
  chats.keepOnly((meetingId) => directory.get(meetingId) !== undefined);
}

function unreadable({ kind }: UnreadableRecord): string {
  return `DATA_DIR: its folder "store" holds what this version cannot read (${kind}); start the version that wrote it, or put back a copy.`;
}
