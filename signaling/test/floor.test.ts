import type { Notice, Participant } from '@confab/protocol';
import { expect, test } from 'vitest';
import { at, redisWithNodes } from './nodes.ts';
import { stores } from './stores.ts';
import { newId, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, post, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };
const on = { microphone: true, camera: true };

/** Admitted, connected and seated, with what leads back. */
async function seated(meeting: TestMeeting, as: { invitation?: string } = {}) {
  const { token } = await admitted(meeting, as);
  const client = await TestClient.connect(meeting.url, token);
  const incarnation = newId();
  const { resume } = await client.join({ incarnation });
  return { client, token, incarnation, resume, id: client.participantId };
}

const hostOf = (meeting: TestMeeting) => seated(meeting, { invitation: meeting.hostToken });

/** A meeting with a host and two guests. */
async function three(url: string) {
  const meeting = await makeMeeting(url);
  const [ada, bo, cy] = [await hostOf(meeting), await seated(meeting), await seated(meeting)];
  const allow = (participant: string, allowed: boolean) =>
    ada.client.request('speech:set', { participant, allowed });
  return { meeting, ada, bo, cy, allow };
}

/** The snapshot in which this participant is seen so. */
const sees = (client: TestClient, id: string, fits: (one: Participant) => boolean) =>
  client.snapshot(`${id} as it should be`, ({ participants }) =>
    participants.some((one) => one.id === id && fits(one)),
  );

/** The same of the latest snapshot, whatever was told before. */
const comesToSee = (client: TestClient, id: string, fits: (one: Participant) => boolean) =>
  client.until(`${id} as it should be by now`, () =>
    client.heard['meeting:changed'].at(-1)?.participants.some((one) => one.id === id && fits(one)),
  );

const speechOf = ({ participants }: Notice<'meeting:changed'>, id: string) =>
  participants.find((one) => one.id === id)?.speech;

test('R66 a host asks one page to mute itself, or everybody else’s, and each is told by whom', async () => {
  const { ada, bo, cy } = await three((await startTestServer()).url);
  const by = ada.id;
  expect(await bo.client.request('participant:mute', {})).toEqual(refusedAs('forbidden'));
  expect(await ada.client.request('participant:mute', { participant: bo.id })).toEqual(done);
  await bo.client.until('to be asked', () => bo.client.heard['seat:muted'][0]);
  expect(await ada.client.request('participant:mute', {})).toEqual(done);
  await bo.client.until('to be asked again', () => bo.client.heard['seat:muted'][1]);
  await cy.client.until('to be asked', () => cy.client.heard['seat:muted'][0]);
  expect(bo.client.heard['seat:muted']).toEqual([{ by }, { by }]);
  expect(cy.client.heard['seat:muted']).toEqual([{ by }]);
  expect(ada.client.heard['seat:muted']).toEqual([]);
  for (const participant of [newId(), ada.id])
    expect(await ada.client.request('participant:mute', { participant })).toEqual(
      refusedAs('participant-not-found'),
    );
});

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

test('R67 leaving and coming again does not give the word back; others from there speak', async () => {
  const { meeting, ada, bo, allow } = await three((await startTestServer()).url);
  await allow(bo.id, false);
  const dee = await seated(meeting);
  await ada.client.snapshot('Dee', (one) => speechOf(one, dee.id) === undefined);
  await bo.client.request('meeting:leave', {});
  const sameToken = await TestClient.connect(meeting.url, bo.token);
  expect(speechOf((await sameToken.join()).snapshot, bo.id)).toBe('forbidden');
  await sameToken.request('meeting:leave', {});
  const again = await seated(meeting);
  await sees(ada.client, again.id, ({ speech }) => speech === 'forbidden');
  const eve = await seated(meeting);
  await sees(ada.client, eve.id, ({ speech }) => speech === undefined);
  await allow(again.id, true);
  await again.client.request('meeting:leave', {});
  const free = await seated(meeting);
  await sees(ada.client, free.id, ({ speech }) => speech === undefined);
});

test('R67 by an invitation of their own they are known again, too', async () => {
  const { meeting, ada, allow } = await three((await startTestServer()).url);
  const { answer } = await post(
    `${meeting.url}/api/meetings/${meeting.meetingId}/tokens`,
    {},
    { authorization: `Bearer ${ada.token}` },
  );
  const invitation = String(answer.invitation);
  const guest = await seated(meeting, { invitation });
  await allow(guest.id, false);
  await guest.client.request('meeting:leave', {});
  const other = await seated(meeting);
  const again = await seated(meeting, { invitation });
  await sees(ada.client, again.id, ({ speech }) => speech === 'forbidden');
  await sees(ada.client, other.id, ({ speech }) => speech === undefined);
});

test('R68 a share that a host has stopped is shown no more until it was ended and another begins', async () => {
  const { ada, bo, cy } = await three((await startTestServer()).url);
  const shares = ({ media }: Participant) => media.screen === true;
  const tell = (screen: boolean) => bo.client.request('presence:update', { ...on, screen });
  const stop = () => ada.client.request('share:stop', { participant: bo.id });
  await tell(true);
  await sees(cy.client, bo.id, shares);
  expect(await cy.client.request('share:stop', { participant: bo.id })).toEqual(
    refusedAs('forbidden'),
  );
  expect(await stop()).toEqual(done);
  await bo.client.until('to be told', () => bo.client.heard['seat:unshared'][0]);
  expect(bo.client.heard['seat:unshared']).toEqual([{ by: ada.id }]);
  await sees(cy.client, bo.id, (one) => !shares(one));
  // Its page goes on as if nothing had been said.
  const seen = cy.client.heard['meeting:changed'].length;
  await tell(true);
  await bo.client.request('presence:update', { ...on, camera: false, screen: true });
  await sees(cy.client, bo.id, ({ media }) => !media.camera);
  const since = cy.client.heard['meeting:changed'].slice(seen);
  expect(since.flatMap(({ participants }) => participants).some(shares)).toBe(false);
  await tell(false);
  await tell(true);
  await cy.client.until('another share', () =>
    cy.client.heard['meeting:changed']
      .slice(seen)
      .flatMap((one) => one.participants)
      .find(shares),
  );
  expect(await stop()).toEqual(done);
  await tell(false);
  // Nothing is shared: there is nothing to stop.
  expect(await stop()).toEqual(done);
  expect(await ada.client.request('share:stop', { participant: newId() })).toEqual(
    refusedAs('participant-not-found'),
  );
});

test('R101 whoever a host has muted stays muted for everybody until their page says off and then on again', async () => {
  const { ada, bo, cy } = await three((await startTestServer()).url);
  const mute = () => ada.client.request('participant:mute', { participant: bo.id });
  const says = (microphone: boolean) =>
    bo.client.request('presence:update', { ...on, microphone, camera: !microphone });
  const isMuted = ({ media, stopped }: Participant) =>
    !media.microphone && stopped?.join() === 'microphone';
  expect(await mute()).toEqual(done);
  for (const { client } of [ada, bo, cy])
    await comesToSee(client, bo.id, (one) => isMuted(one) && one.heedless === true);
  // Its page goes on as if nothing had been said.
  await says(true);
  await comesToSee(cy.client, bo.id, (one) => isMuted(one) && !one.media.camera);
  await says(false);
  await comesToSee(cy.client, bo.id, (one) => isMuted(one) && one.heedless === undefined);
  await says(true);
  await comesToSee(
    cy.client,
    bo.id,
    ({ media, stopped, heedless }) => media.microphone && stopped === undefined && !heedless,
  );
  // Once more, while it says that it is off: that it is on is then its user's own doing.
  await says(false);
  expect(await mute()).toEqual(done);
  await comesToSee(cy.client, bo.id, (one) => isMuted(one) && one.heedless === undefined);
  await says(true);
  await comesToSee(
    cy.client,
    bo.id,
    ({ media, stopped }) => media.microphone && stopped === undefined,
  );
});

test('R101 everybody else is muted at once, whoever has cut their connection included, and comes back muted', async () => {
  const { meeting, ada, bo, cy } = await three((await startTestServer()).url);
  const isMuted = ({ stopped }: Participant) => stopped?.join() === 'microphone';
  bo.client.socket.disconnect();
  await comesToSee(ada.client, bo.id, ({ presence }) => presence === 'reconnecting');
  expect(await ada.client.request('participant:mute', {})).toEqual(done);
  await comesToSee(cy.client, cy.id, isMuted);
  await comesToSee(cy.client, bo.id, isMuted);
  await comesToSee(cy.client, ada.id, ({ media }) => media.microphone);
  const back = await TestClient.connect(meeting.url, bo.token);
  const { incarnation, resume } = bo;
  const { snapshot } = await back.join({ incarnation, resume, media: on });
  const shown = snapshot.participants.find(({ id }) => id === bo.id);
  expect(shown).toMatchObject({ stopped: ['microphone'], media: { ...on, microphone: false } });
  expect(await ada.client.request('participant:mute', { participant: bo.id })).toEqual(done);
  // Whoever unmutes while the server is away has done it themselves as well.
  await back.request('presence:update', { ...on, microphone: false });
  back.socket.disconnect();
  const again = await TestClient.connect(meeting.url, bo.token);
  await again.join({ incarnation, resume: back.resume, media: on });
  await comesToSee(
    cy.client,
    bo.id,
    ({ media, stopped }) => media.microphone && stopped === undefined,
  );
});

test('R100 R101 whether a page heeds a host is shown, and what it stopped, until it begins anew', async () => {
  const { ada, bo, cy, allow } = await three((await startTestServer()).url);
  const tell = (media: object) => bo.client.request('presence:update', { ...on, ...media });
  await tell({ screen: true });
  await comesToSee(cy.client, bo.id, ({ heedless }) => heedless === undefined);
  await ada.client.request('share:stop', { participant: bo.id });
  await comesToSee(
    cy.client,
    bo.id,
    (one) => one.stopped?.join() === 'screen' && one.heedless === true,
  );
  await tell({ screen: false });
  await comesToSee(cy.client, bo.id, (one) => one.stopped?.join() === 'screen' && !one.heedless);
  await tell({ screen: true });
  await comesToSee(
    cy.client,
    bo.id,
    ({ stopped, media }) => stopped === undefined && !!media.screen,
  );
  await allow(bo.id, false);
  await comesToSee(cy.client, bo.id, (one) => one.speech === 'forbidden' && one.heedless === true);
  await tell({ screen: true, microphone: false });
  await comesToSee(cy.client, bo.id, (one) => one.speech === 'forbidden' && !one.heedless);
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
