import type { Participant } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { newId, TestClient } from './test-client.ts';
import { startTestServer } from './test-server.ts';
import { comesToSee, on, sees, three } from './three-people.ts';

const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };

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

test('R66 R101 so is whoever has been away for so long that nobody is shown them', async () => {
  const clock = new FakeClock();
  const { url, logged } = await startTestServer({}, { clock });
  const { meeting, ada, cy } = await three(url);
  cy.client.socket.io.engine.close();
  await expect.poll(logged, { timeout: 20_000 }).toContain('connection lost');
  clock.advance(6_100);
  expect((await ada.client.join()).snapshot.participants).toHaveLength(2);
  expect(await ada.client.request('participant:mute', {})).toEqual(done);
  const { token, resume, incarnation } = cy;
  const back = await TestClient.connect(meeting.url, token);
  const { snapshot } = await back.join({ resume, incarnation, media: on });
  expect(snapshot.participants[2]).toMatchObject({
    ...{ id: cy.id, stopped: ['microphone'] },
    media: { microphone: false },
  });
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
