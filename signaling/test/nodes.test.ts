import { expect, test } from 'vitest';
import { at, redisWithNodes } from './nodes.ts';
import { joinMeeting } from './test-client.ts';
import { makeMeeting } from './test-server.ts';

test('R52 people connected to two nodes are in one meeting', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const meeting = await makeMeeting(one.url);
  const ana = await joinMeeting(meeting);
  const bo = await joinMeeting(at(two, meeting));
  await ana.snapshot('both', (s) => s.participants.length === 2);
  ana.signal(bo.participantId, 'YQ');
  await bo.until('a signal', () => bo.heard['signal:received'].length === 1);
  bo.signal(ana.participantId, 'Yg');
  await ana.until('a signal', () => ana.heard['signal:received'].length === 1);
  expect(bo.heard['signal:received']).toEqual([{ from: ana.participantId, sealed: 'YQ' }]);
});
