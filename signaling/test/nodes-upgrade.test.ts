import { expect, onTestFinished, test, vi } from 'vitest';
import { RedisLink } from '../src/nodes/redis-link.ts';
import { nodeKey } from '../src/nodes/scripts.ts';
import { redisWithNodes } from './nodes.ts';
import { newId, someone } from './test-client.ts';
import { makeMeeting } from './test-server.ts';

/** A node, and another of before or of later beside it, of which only what it says is there. */
async function nodeBesideAnother() {
  const { redis, startNode } = await redisWithNodes();
  const { url } = await startNode();
  const link = await RedisLink.open(redis.url);
  onTestFinished(() => link.close());
  const [channel = ''] = await link.keys(nodeKey('*'));
  const heard: Record<string, unknown>[] = [];
  link.onMessage = (text) => heard.push(JSON.parse(text) as Record<string, unknown>);
  await link.listen(nodeKey('another'));
  const ask = async (id: string, what: object) => {
    await link.publish(channel, JSON.stringify({ from: 'another', id, ask: what }));
    return vi.waitFor(() => {
      const answer = heard.find((message) => message.id === id);
      expect(answer).toBeDefined();
      return answer;
    });
  };
  return { meeting: await makeMeeting(url), ask };
}

test('R52 what nodes of before ask is understood: whether a link may try the relay, and requests of people', async () => {
  const { meeting, ask } = await nodeBesideAnother();
  const { meetingId, proof } = meeting;
  expect(await ask('1', { kind: 'prove', meetingId, proof })).toMatchObject({ data: true });
  const wrong = Buffer.alloc(32).toString('base64url');
  expect(await ask('2', { kind: 'prove', meetingId, proof: wrong })).toMatchObject({ data: false });
  const participantId = newId();
  const who = { socket: 'socket', meetingId, participantId, role: 'participant', via: [] };
  const asked = { network: null, issuedAt: Math.floor(Date.now() / 1000), name: 'meeting:join' };
  const joined = await ask('3', { kind: 'request', ...who, ...asked, payload: someone() });
  expect(joined).toMatchObject({ data: { snapshot: { participants: [{ id: participantId }] } } });
});

test('R52 what only later versions ask is refused at once', async () => {
  const { meeting, ask } = await nodeBesideAnother();
  const { meetingId } = meeting;
  expect(await ask('1', { kind: 'of-later', meetingId })).toMatchObject({ error: 'internal' });
  expect(await ask('2', { kind: 'describe', meetingId, more: 1 })).toMatchObject({
    error: 'internal',
  });
});
