import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { seated } from './host-desk.ts';
import { TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';

/** A host and a guest in a meeting whose server's clock is then set by so many milliseconds. */
async function twoPeople(ms: number) {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const host = await seated(meeting, { invitation: meeting.hostToken });
  const guest = await seated(meeting);
  clock.advance(60_000);
  clock.set(ms);
  // The connections are looked through.
  clock.advance(2_000);
  const { token, resume, incarnation } = guest;
  const back = async () => {
    guest.client.socket.io.engine.close();
    const client = await TestClient.connect(url, token);
    const { snapshot } = await client.join({ resume, incarnation });
    return snapshot.participants.map(({ arrival, presence }) => `${arrival} ${presence}`);
  };
  return { clock, meeting, host, guest, back };
}

const HOUR = 3_600_000;

test.each([-26 * HOUR, -300_000, 2 * HOUR, 400 * 24 * HOUR])(
  'R6 when the server’s clock is set by %i ms, nobody is cut off, and whoever is comes back to the same seat',
  async (ms) => {
    const { host, guest, back } = await twoPeople(ms);
    for (const { client } of [host, guest])
      expect((await client.request('token:renew', {})).ok).toBe(true);
    expect(await back()).toEqual(['1 present', '2 present']);
  },
);

test('R6 the maker of a meeting is its host when the clock was set back after it was made', async () => {
  const { meeting } = await twoPeople(-300_000);
  const invitation = meeting.hostToken;
  expect((await askAdmission(meeting, { invitation })).status).toBe(200);
});

test.each([-HOUR, 0, 2 * HOUR])(
  'R36 a token is good for an hour from when it was made, though the clock was set by %i ms meanwhile, and for no longer than it was set back',
  async (ms) => {
    const { clock, meeting, guest, back } = await twoPeople(ms);
    const later = await admitted(meeting);
    clock.advance(HOUR - 63_000);
    expect(await back()).toContain('2 present');
    clock.advance(32_000 + Math.max(0, -ms));
    await expect(TestClient.connect(meeting.url, guest.token)).rejects.toThrow('token-expired');
    clock.advance(65_000);
    await expect(TestClient.connect(meeting.url, later.token)).rejects.toThrow('token-expired');
    clock.advance(2 * HOUR);
    await expect(TestClient.connect(meeting.url, later.token)).rejects.toThrow('token-expired');
  },
);

test('R10 a clock that is set changes nothing about how long vouching keeps a seat', async () => {
  const { clock, host, guest } = await twoPeople(0);
  guest.client.socket.io.engine.close();
  await host.client.snapshot('a loss', (s) => s.participants[1]?.presence === 'reconnecting');
  for (const ms of [-900_000, 1_800_000]) {
    clock.set(ms);
    for (let second = 0; second < 10; second += 5) {
      await host.client.request('presence:vouch', { participants: [guest.id] });
      clock.advance(5_000);
    }
  }
  expect((await host.client.join()).snapshot.participants).toHaveLength(2);
});
