import { expect, test } from 'vitest';
import { joinMeeting, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';

test('R55 who shares a screen is in everyone’s snapshot, several at once, and no more when they stop', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const ada = await joinMeeting(meeting);
  const bo = await joinMeeting(meeting);
  const sharing = { microphone: true, camera: true, screen: true };
  await ada.request('presence:update', sharing);
  await bo.request('presence:update', sharing);
  const screens = (s: { participants: { media: { screen?: boolean | undefined } }[] }) =>
    s.participants.map(({ media }) => media.screen ?? false);
  await ada.snapshot('both screens', (s) => screens(s).every(Boolean));
  const { token } = await admitted(meeting);
  const { snapshot } = await (await TestClient.connect(url, token)).join();
  expect(screens(snapshot)).toEqual([true, true, false]);
  await ada.request('presence:update', { microphone: true, camera: true });
  await bo.snapshot('one screen', (s) => screens(s).join() === 'false,true,false');
  expect(await bo.ask('presence:update', { ...sharing, screen: 'yes' })).toEqual({
    ok: false,
    error: 'invalid-payload',
  });
});
