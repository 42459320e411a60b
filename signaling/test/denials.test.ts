import { expect, test } from 'vitest';
import { Memory } from '../src/store/memory.ts';
import { FakeClock } from './fake-clock.ts';
import { HostDesk } from './host-desk.ts';
import { SECRET } from './nodes.ts';
import { admitted, askAdmission, startTestServer } from './test-server.ts';
import { atTheDoor, knock, knocks, watched } from './waiting-people.ts';

const done = { ok: true, data: {} };
const refusedAs = (error: string) => ({ ok: false, error });
const tooMany = refusedAs('too-many-requests');
const [mallory, elsewhere] = ['203.0.113.9', '198.51.100.7'];

/** A meeting with a waiting room, to which people come from addresses. */
async function byAddress() {
  const clock = new FakeClock();
  const { url } = await startTestServer({ TRUST_PROXY: '127.0.0.1' }, { clock });
  const { meeting, host } = await watched(url);
  const knockFrom = async (address: string, more: object = {}) => {
    const { answer } = await askAdmission(meeting, more, { 'x-forwarded-for': address });
    const { client } = await atTheDoor(url, String(answer.token));
    const reply = await knock(client);
    return { id: String(answer.participantId), token: String(answer.token), reply };
  };
  const deniedFrom = async (address: string, more: object = {}) => {
    const one = await knockFrom(address, more);
    expect(one.reply).toMatchObject({ ok: true });
    expect(await host.client.request('knock:deny', { participant: one.id })).toEqual(done);
    return one;
  };
  return { clock, url, meeting, host, knockFrom, deniedFrom };
}

test('R41 R71 whoever was denied knocks no more, also when the server was started anew', async () => {
  const medium = new Memory();
  const first = await startTestServer({ SECRET }, { medium });
  const { meeting, host } = await watched(first.url);
  const bo = await knocks(meeting, 1);
  expect(await host.client.request('knock:deny', { participant: bo.id })).toEqual(done);
  await first.close();
  const { url } = await startTestServer({ SECRET }, { medium });
  const { client } = await atTheDoor(url, bo.token);
  expect(await knock(client)).toEqual(refusedAs('denied'));
});

test('R71 from where somebody was denied again and again others take a place later each time, and few at once', async () => {
  const { clock, knockFrom, deniedFrom } = await byAddress();
  // The first may have been a mistake.
  await deniedFrom(mallory);
  for (const wait of [10_000, 20_000, 40_000]) {
    await deniedFrom(mallory);
    clock.advance(wait - 1);
    expect((await knockFrom(mallory)).reply).toEqual(tooMany);
    clock.advance(1);
  }
  for (let place = 1; place <= 10; place++)
    expect((await knockFrom(mallory)).reply).toMatchObject({ data: { place } });
  expect((await knockFrom(mallory)).reply).toEqual(tooMany);
  expect((await knockFrom(elsewhere)).reply).toMatchObject({ data: { place: 11 } });
});

test('R71 hosts alone are shown who was denied, and lift it for them and whoever comes from there', async () => {
  const { url, meeting, host, knockFrom, deniedFrom } = await byAddress();
  const [one, two] = [await deniedFrom(mallory), await deniedFrom(mallory)];
  expect((await knockFrom(mallory)).reply).toEqual(tooMany);
  const shown = () => host.client.heard['door:denied'].at(-1)?.denied.map(({ id }) => id);
  await host.client.until('both', () => shown()?.join() === [two.id, one.id].join());
  const { token } = await admitted(meeting, {
    invitation: (await new HostDesk(meeting, meeting.hostToken).invite()).invitation,
  });
  const { client: guest } = await atTheDoor(url, token);
  expect(await knock(guest)).toMatchObject({ data: { place: 1 } });
  const lift = { participant: one.id };
  expect(await guest.request('participant:readmit', lift)).toMatchObject({ ok: false });
  expect(await host.client.request('participant:readmit', lift)).toEqual(done);
  await host.client.until('the other', () => shown()?.join() === two.id);
  expect(await knock((await atTheDoor(url, one.token)).client)).toMatchObject({
    data: { place: 2 },
  });
  expect((await knockFrom(mallory)).reply).toMatchObject({ data: { place: 3 } });
  expect(await knock((await atTheDoor(url, two.token)).client)).toEqual(refusedAs('denied'));
  expect(await host.client.request('participant:readmit', lift)).toEqual(
    refusedAs('participant-not-found'),
  );
});

test('R71 from where somebody was denied who had the bare link, whoever was invited knocks at once', async () => {
  const { meeting, knockFrom, deniedFrom } = await byAddress();
  const { invitation } = await new HostDesk(meeting, meeting.hostToken).invite();
  for (let round = 0; round < 2; round++) await deniedFrom(mallory);
  expect((await knockFrom(mallory)).reply).toEqual(tooMany);
  expect((await knockFrom(mallory, { invitation })).reply).toMatchObject({ data: { place: 1 } });
  for (let round = 0; round < 2; round++) await deniedFrom(mallory, { invitation });
  expect((await knockFrom(mallory, { invitation })).reply).toEqual(tooMany);
});
