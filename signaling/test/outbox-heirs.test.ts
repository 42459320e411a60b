import { Refusal } from '@confab/protocol';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../src/log.ts';
import type { EventRecord } from '../src/meetings/records.ts';
import { inheritOutboxes } from '../src/nodes/outbox-heirs.ts';
import { RedisLink } from '../src/nodes/redis-link.ts';
import { FORGOTTEN_AFTER, meetingKey } from '../src/nodes/scripts.ts';
import { FakeClock } from './fake-clock.ts';
import { RedisServer } from './redis-server.ts';
import { newId } from './test-client.ts';

test('R113 what a dead node has not told is told, although Redis’s answers are lost on the way', async () => {
  const redis = await RedisServer.start();
  const link = await RedisLink.open(redis.url);
  const meetingId = newId();
  const event: EventRecord = {
    ...{ v: 1, id: 'msg_1', type: 'meeting.started', meetingId, at: 1, to: ['receiver'] },
  };
  const write = ['dead', FORGOTTEN_AFTER, 1, 0, 'event/msg_1', JSON.stringify(event)];
  await link.run('write', [meetingKey(meetingId)], write);
  const clock = new FakeClock();
  const told: string[] = [];
  const found: string[] = [];
  let looks = 0;
  const stop = inheritOutboxes({
    link: {
      async run(...call) {
        const answer = await link.run(...call);
        if (looks++ === 0) throw new Error('the answer is lost');
        return answer;
      },
    },
    membership: { node: 'heir', isSettled: true },
    outbox: { restore: ({ id }) => void told.push(id) },
    // The second is lost as well, the third says that another node has it.
    find(id) {
      found.push(id);
      return Promise.reject(found.length === 1 ? new Error('lost') : new Refusal('internal'));
    },
    clock,
    log: createLog('error', process.stderr),
  });
  onTestFinished(() => {
    stop();
    link.close();
  });
  await vi.waitFor(() => {
    clock.advance(500);
    expect(looks).toBe(5);
  });
  expect(new Set(told)).toEqual(new Set([event.id]));
  expect(found).toEqual([meetingId, meetingId]);
});
