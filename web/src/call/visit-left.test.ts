import { expect, it, vi } from 'vitest';
import { admit, describeMeeting } from '../connection/meetings-api.ts';
import { rememberedSeat } from './remembered-seat.ts';
import { type Visiting, visitingEachTime } from './test/visiting.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));
vi.mock('./call-connection.ts', () => ({
  openConnection: vi.fn(),
  prepareConnection: vi.fn(),
  openDoorstep: () => ({ close: vi.fn() }),
}));
vi.mock('./requirements.ts', () => ({ hindrance: () => null }));
vi.mock('../connection/meetings-api.ts', async (original) => ({
  ...(await original()),
  admit: vi.fn(),
  describeMeeting: vi.fn(),
}));

let browser: Visiting;
visitingEachTime((visiting) => (browser = visiting));

it('a page that is left while it joins keeps no seat', async () => {
  const enter = vi.fn<() => void>();
  browser.joins = [() => new Promise((resolve) => enter.mockImplementation(resolve))];
  const visit = await browser.open();
  const joining = visit.join('Ada', '');
  await vi.waitUntil(() => browser.connections[0]?.join.mock.calls.length === 1);
  visit.close();
  enter();
  await browser.settle(joining);
  expect(browser.connections[0]?.leave).toHaveBeenCalled();
  expect(rememberedSeat('meeting')).toBeNull();
  expect(browser.tabs.held.size).toBe(0);
});

it('who goes away from the meeting’s address has left, and comes back to the green room as muted and dark as before', async () => {
  const visit = await browser.inMeeting();
  await visit.media.toggleMicrophone();
  await visit.media.toggleCamera();
  visit.close();
  expect(browser.connections[0]?.leave).toHaveBeenCalledOnce();
  await vi.waitUntil(() => browser.tabs.held.size === 0);
  const again = await browser.open();
  expect(again.stage.name).toBe('green-room');
  expect(again.media.state).toEqual({ microphone: false, camera: false });
});

it('who goes away while the meeting is still looked for is asked for no device', async () => {
  let answer: () => void = () => undefined;
  vi.mocked(describeMeeting).mockReturnValue(
    new Promise(
      (resolve) =>
        (answer = () =>
          resolve({ passcode: false, waitingRoom: false, relay: false, recorded: false })),
    ),
  );
  const visit = browser.make();
  const opening = visit.open();
  await vi.waitUntil(() => vi.mocked(describeMeeting).mock.calls.length > 0);
  visit.close();
  answer();
  await browser.settle(opening);
  expect(browser.getUserMedia).not.toHaveBeenCalled();
  expect(admit).not.toHaveBeenCalled();
});

it('who goes away while a device is still asked for asks for no seat', async () => {
  let answer: () => void = () => undefined;
  const visit = browser.make();
  browser.getUserMedia.mockReturnValueOnce(
    new Promise((_resolve, reject) => {
      answer = () => reject(new DOMException('', 'NotAllowedError'));
    }),
  );
  const opening = visit.open();
  await vi.waitUntil(() => browser.getUserMedia.mock.calls.length > 0);
  visit.close();
  answer();
  await browser.settle(opening);
  expect(admit).not.toHaveBeenCalled();
});
