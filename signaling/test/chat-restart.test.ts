import type { Payload } from '@confab/protocol';
import { expect, test } from 'vitest';
import { seededRandom } from './seeded-random.ts';
import { startProcess } from './server-process.ts';
import { newId, TestClient } from './test-client.ts';
import { admitted, makeMeeting } from './test-server.ts';

type Sent = { message: Payload<'chat:send'>; answer: { seq: number; at: number } | null };

/** One person who says ten things, one after the other, until the server is no more. */
async function talk(client: TestClient, to: string | undefined, onAnswer: () => void) {
  const sent: Sent[] = [];
  for (let index = 0; index < 10; index++) {
    const message = { id: newId(), sealed: 'c2VhbGVk', ...(to !== undefined && { to }) };
    const entry: Sent = { message, answer: null };
    sent.push(entry);
    const reply = await client.request('chat:send', message).catch(() => null);
    if (!reply?.ok) break;
    entry.answer = reply.data;
    onAnswer();
  }
  return sent;
}

test.each([1, 2, 3])(
  'R41 R42 killed while six people talk, the server has all it acknowledged, and takes the rest once (seed %i)',
  async (seed) => {
    const first = startProcess({});
    const meeting = await makeMeeting(await first.ready());
    const seats = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { token, participantId } = await admitted(meeting);
        const client = await TestClient.connect(meeting.url, token);
        const { resume } = await client.join();
        return { client, token, participantId, resume };
      }),
    );
    const killAt = Math.floor(10 + 40 * seededRandom(seed)());
    let answered = 0;
    const onAnswer = () => {
      if (++answered === killAt) first.child.kill('SIGKILL');
    };
    // Every other one talks to the first alone.
    const [host] = seats as [(typeof seats)[0]];
    const talks = await Promise.all(
      seats.map(({ client }, index) =>
        talk(client, index % 2 === 1 ? host.participantId : undefined, onAnswer),
      ),
    );
    await first.exit;

    const second = startProcess({ DATA_DIR: first.dataDir });
    const url = await second.ready();
    const back = await Promise.all(
      seats.map(async ({ token, resume }) => {
        const client = await TestClient.connect(url, token);
        await client.join({ resume });
        return client;
      }),
    );
    for (const [index, sent] of talks.entries())
      for (const { message, answer } of sent) {
        const reply = await back[index]?.request('chat:send', message);
        expect(reply).toMatchObject({ ok: true, ...(answer && { data: answer }) });
      }
    const [all] = back as [TestClient];
    const page = await all.request('chat:read', { after: 0 });
    if (!page.ok) throw new Error(page.error);
    const ids = page.data.messages.map(({ id }) => id);
    const expected = talks.flat().map(({ message }) => message.id);
    expect([...ids].sort()).toEqual([...expected].sort());
    const places = page.data.messages.map(({ seq }) => seq);
    expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
  },
);
