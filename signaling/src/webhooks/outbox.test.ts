import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { createLog } from '../log.ts';
import type { MeetingStore } from '../meetings/meeting-store.ts';
import { createMetrics } from '../metrics.ts';
import { Outbox } from './outbox.ts';

/** An outbox for two, one of whom takes everything and the other nothing, whose store keeps all at once. */
function outboxForTwo() {
  const store = {
    ...{ keep: () => undefined, keepLazily: () => undefined },
    settled: () => Promise.resolve(),
  } as unknown as MeetingStore;
  let logged = '';
  const destination = new Writable({
    write(text: Buffer, _encoding, done) {
      logged += text.toString();
      done();
    },
  });
  const log = createLog('error', destination);
  const metrics = createMetrics({
    meetings: () => [],
    transports: () => ({ websocket: 0, polling: 0 }),
  });
  const outbox = new Outbox({
    ...{ receivers: ['dead', 'well'], store, clock: systemClock, log, metrics },
  });
  const told: Record<'dead' | 'well', string[]> = { dead: [], well: [] };
  outbox.start(({ id, to }) => {
    for (const name of to) told[name as keyof typeof told].push(id);
    outbox.done(id, 'well');
  });
  const happen = async (times: number) => {
    for (let time = 0; time < times; time++)
      outbox.add({ type: 'meeting.started', meetingId: 'm' });
    await new Promise((resolve) => setTimeout(resolve));
  };
  const dropped = async () => (await metrics.webhooksDropped.get()).values[0]?.value ?? 0;
  return {
    outbox,
    told,
    happen,
    dropped,
    faults: () => logged.split('too many events').length - 1,
  };
}

test('R113 a receiver that takes nothing costs the other no event, and hears of further ones when it takes some again', async () => {
  const { outbox, told, happen, dropped, faults } = outboxForTwo();
  await happen(9_999);
  expect([await dropped(), faults()]).toEqual([0, 0]);
  await happen(2_001);
  expect(told.well).toHaveLength(12_000);
  expect(told.dead).toHaveLength(10_000);
  expect(outbox.size).toBe(10_000);
  expect([await dropped(), faults()]).toEqual([2_000, 1]);
  for (const id of told.dead.slice(0, 5)) outbox.done(id, 'dead');
  await happen(6);
  expect(told.well).toHaveLength(12_006);
  expect(told.dead).toHaveLength(10_005);
  expect([outbox.size, await dropped(), faults()]).toEqual([10_000, 2_001, 2]);
});
