import { MAX_CONSENTS } from '@confab/protocol';
import { expect, test } from 'vitest';
import { joinMeeting, newId, someone, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';

const sending = { microphone: true, camera: true };
const done = { ok: true, data: {} };

test('R92 R93 everybody is shown who records and who agrees to it, also who comes later, and it outlasts a lost connection', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const ada = await joinMeeting(meeting);
  const { token } = await admitted(meeting);
  const bo = await TestClient.connect(url, token);
  const arriving = someone();
  const { resume } = await bo.join(arriving);
  const recording = newId();
  expect(await ada.request('presence:update', { ...sending, recording })).toEqual(done);
  await bo.snapshot('Ada records', ({ participants: [first] }) => {
    return first?.media.recording === recording;
  });
  const agreeing = { ...sending, consents: [recording] };
  expect(await bo.request('presence:update', agreeing)).toEqual(done);
  await ada.snapshot('Bo agrees', ({ participants: [, second] }) => {
    return second?.media.consents?.join() === recording;
  });
  const late = await TestClient.connect(url, (await admitted(meeting)).token);
  const { snapshot } = await late.join();
  expect(snapshot.participants.map(({ media }) => media)).toEqual([
    { ...sending, recording },
    agreeing,
    sending,
  ]);
  bo.socket.disconnect();
  const back = await TestClient.connect(url, token);
  await back.join({ ...arriving, media: agreeing, resume });
  await ada.request('presence:update', sending);
  const over = await back.snapshot('nobody records', ({ participants }) =>
    participants.every(({ media }) => media.recording === undefined),
  );
  expect(over.participants[1]?.media).toEqual(agreeing);
});

test('R93 a host who forbids somebody to speak changes nothing of what they agreed to', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const { token } = await admitted(meeting, { invitation: meeting.hostToken });
  const host = await TestClient.connect(url, token);
  await host.join();
  const ada = await joinMeeting(meeting);
  const consents = [newId()];
  await ada.request('presence:update', { ...sending, consents });
  await host.request('speech:set', { participant: ada.participantId, allowed: false });
  const { participants } = await host.snapshot('Ada is forbidden to speak', (snapshot) => {
    return snapshot.participants[1]?.speech === 'forbidden';
  });
  expect(participants[1]?.media).toEqual({ microphone: false, camera: true, consents });
});

test('R94 whoever looks at a meeting from outside is told that it is recorded', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const ada = await joinMeeting(meeting);
  const look = async (): Promise<unknown> =>
    (await fetch(`${url}/api/meetings/${meeting.meetingId}`)).json();
  expect(await look()).toMatchObject({ recorded: false });
  await ada.request('presence:update', { ...sending, recording: newId() });
  expect(await look()).toMatchObject({ recorded: true });
  await ada.request('meeting:leave', {});
  expect(await look()).toMatchObject({ recorded: false });
});

test('R92 R93 what names no recording is refused', async () => {
  const { url } = await startTestServer();
  const ada = await joinMeeting(await makeMeeting(url));
  const many = Array.from({ length: MAX_CONSENTS + 1 }, newId);
  for (const wrong of [
    { recording: true },
    { recording: 'AAAA' },
    { recording: null },
    { consents: [] },
    { consents: [1] },
    { consents: many },
  ])
    expect(await ada.ask('presence:update', { ...sending, ...wrong })).toEqual({
      ok: false,
      error: 'invalid-payload',
    });
});
