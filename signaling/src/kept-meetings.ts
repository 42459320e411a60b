import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { MeetingDirectory } from './meetings/meeting-directory.ts';
import { UnreadableRecord } from './meetings/meeting-store.ts';
import { readRecord } from './meetings/records.ts';
import type { Metrics } from './metrics.ts';
import { SettingsError } from './settings-error.ts';
import { Disk } from './store/disk.ts';
import { GroupedStore } from './store/grouped-store.ts';

export type KeptMeetings = { store: GroupedStore; directory: MeetingDirectory };
type Parts = { clock: Clock; log: Log; metrics: Metrics };

/** The meetings that are kept in `dataDir`, and where further ones are kept. Throws a SettingsError where the folder is of no use. */
export async function keptMeetings(dataDir: string, parts: Parts): Promise<KeptMeetings> {
  const store = storeOn(await Disk.open(dataDir), parts);
  const directory = new MeetingDirectory(parts.clock, store);
  try {
    await restore(store, directory, parts.metrics);
    return { store, directory };
  } catch (fault) {
    directory.close();
    await store.close();
    throw fault instanceof UnreadableRecord ? new SettingsError([unreadable(fault)]) : fault;
  }
}

function storeOn(disk: Disk, { log, metrics }: Parts): GroupedStore {
  return new GroupedStore(disk, {
    onWritten(records, seconds) {
      metrics.storeSeconds.observe(seconds);
      metrics.storeRecords.inc(records);
    },
    onFailing(fault) {
      metrics.storeFaults.inc();
      log.error('DATA_DIR cannot be written; nobody is let in until it can', { fault });
    },
    onRecovered: () => log.info('DATA_DIR can be written again'),
  });
}

async function restore(store: GroupedStore, directory: MeetingDirectory, metrics: Metrics) {
  for await (const [key, value] of store.read()) {
    const kept = readRecord(key, value);
    directory.restore(kept);
    if (kept.kind === 'seat') metrics.seatsRestored.inc();
  }
}

function unreadable({ kind }: UnreadableRecord): string {
  return `DATA_DIR: its folder "store" holds what this version cannot read (${kind}); start the version that wrote it, or put back a copy.`;
}
