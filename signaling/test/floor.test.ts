import type { Participant } from '@confab/protocol';
import { expect, test } from 'vitest';
import { seated } from './host-desk.ts';
import { at, redisWithNodes } from './nodes.ts';
import { stores } from './stores.ts';
import { newId, TestClient } from './test-client.ts';
import { askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import { hostOf, on, sees, speechOf, three } from './three-people.ts';

const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };

test('R67 who may not speak counts as muted for everybody, whatever they say, asks, and speaks when a host allows it', async () => {
  const { ada, bo, cy, allow } = await three((await startTestServer()).url);
  expect(await cy.client.request('speech:set', { participant: bo.id, allowed: false })).toEqual(
    refusedAs('forbidden'),
  );
  expect(await bo.client.request('speech:ask', { asks: true })).toEqual(refusedAs('wrong-state'));
  expect(await allow(bo.id, false)).toEqual(done);
  const isSilent = ({ speech, media }: Participant) =>
    speech === 'forbidden' && !media.microphone && media.camera;
  for (const { client } of [ada, bo, cy]) await sees(client, bo.id, isSilent);
  await bo.client.request('presence:update', { ...on, camera: false });
  await sees(cy.client, bo.id, ({ media }) => !media.camera && !media.microphone);

  expect(await bo.client.request('speech:ask', { asks: true })).toEqual(done);
  await sees(ada.client, bo.id, ({ speech }) => speech === 'asking');
  expect(await bo.client.request('speech:ask', { asks: false })).toEqual(done);
  await sees(ada.client, bo.id, ({ speech }) => speech === 'forbidden');
  await bo.client.request('speech:ask', { asks: true });
  expect(await allow(bo.id, false)).toEqual(done);
  await sees(bo.client, bo.id, ({ speech }) => speech === 'forbidden');
  expect(await allow(bo.id, true)).toEqual(done);
  await sees(cy.client, bo.id, ({ speech, media }) => speech === undefined && media.microphone);
  expect(await allow(newId(), false)).toEqual(refusedAs('participant-not-found'));
});

test('R67 a host speaks always, and so does who becomes one', async () => {
  const { ada, bo, cy, allow } = await three((await startTestServer()).url);
  expect(await allow(ada.id, false)).toEqual(refusedAs('forbidden'));
  await allow(bo.id, false);
  await ada.client.request('role:set', { participant: bo.id, role: 'host' });
  await sees(cy.client, bo.id, ({ role, speech }) => role === 'host' && speech === undefined);
  expect(await allow(bo.id, false)).toEqual(refusedAs('forbidden'));
});

test('R69 a host ends the meeting: everybody is told and closed, and it is over for good', async () => {
  const { meeting, ada, bo, cy } = await three((await startTestServer()).url);
  expect(await bo.client.request('meeting:end', {})).toEqual(refusedAs('forbidden'));
  expect(await ada.client.request('meeting:end', {})).toEqual(done);
  for (const { client } of [ada, bo, cy]) {
    await client.until('the end', () => client.heard['meeting:ended'][0]);
    await client.until('to be closed', () => client.disconnected);
  }
  for (const { token } of [ada, bo])
    await expect(TestClient.connect(meeting.url, token)).rejects.toThrow('meeting-ended');
  expect(await askAdmission(meeting)).toMatchObject({ status: 410 });
  const invitation = meeting.hostToken;
  expect(await askAdmission(meeting, { invitation })).toMatchObject({ status: 410 });
});

test.each(stores)(
  'R41 R67 R68 R101 who may not speak or share outlives the server: %s',
  async (_name, make) => {
    const store = await make();
    const first = await store.start();
    const { meeting, ada, bo, cy, allow } = await three(first.url);
    await bo.client.request('presence:update', { ...on, screen: true });
    await allow(bo.id, false);
    await bo.client.request('speech:ask', { asks: true });
    await ada.client.request('share:stop', { participant: bo.id });
    await ada.client.request('participant:mute', { participant: bo.id });
    await allow(cy.id, false);
    await cy.client.request('meeting:leave', {});
    await first.close();

    const again = { ...meeting, url: (await store.start()).url };
    const { incarnation, resume } = bo;
    const back = await TestClient.connect(again.url, bo.token);
    const media = { ...on, screen: true };
    const { snapshot } = await back.join({ incarnation, resume, media });
    const shown = snapshot.participants.find(({ id }) => id === bo.id);
    expect(shown).toMatchObject({
      speech: 'asking',
      stopped: ['microphone', 'screen'],
      media: { ...on, microphone: false, screen: false },
    });
    const another = await TestClient.connect(again.url, cy.token);
    expect(speechOf((await another.join()).snapshot, cy.id)).toBe('forbidden');
  },
);

test('R52 R66 R67 R69 hosts and guests of other nodes are reached alike', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const meeting = await makeMeeting(one.url);
  const ada = await hostOf(at(two, meeting));
  const bo = await seated(at(two, meeting));
  const cy = await seated(meeting);
  await ada.client.request('participant:mute', {});
  await ada.client.request('participant:mute', { participant: bo.id });
  await bo.client.until('to be asked twice', () => bo.client.heard['seat:muted'][1]);
  await cy.client.until('to be asked', () => cy.client.heard['seat:muted'][0]);
  await ada.client.request('speech:set', { participant: cy.id, allowed: false });
  await sees(bo.client, cy.id, ({ speech }) => speech === 'forbidden');
  expect(await ada.client.request('meeting:end', {})).toEqual(done);
  for (const { client } of [ada, bo, cy]) await client.until('the end', () => client.disconnected);
  expect(await askAdmission(at(two, meeting))).toMatchObject({ status: 410 });
});
