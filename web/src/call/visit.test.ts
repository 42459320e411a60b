import { Refusal } from '@confab/protocol';
import { expect, it, vi } from 'vitest';
import { admit, Unreachable } from '../connection/meetings-api.ts';
import { rememberSeat, rememberedSeat } from './remembered-seat.ts';
import { type Visiting, seat, visitingEachTime } from './test/visiting.ts';

vi.mock('./level-meter.ts', () => ({
  LevelMeter: class {
    readonly measure = vi.fn();
    readonly close = vi.fn();
  },
}));
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

const both = { microphone: true, camera: true };
let browser: Visiting;
visitingEachTime((visiting) => (browser = visiting));

it('leads through the green room into the meeting, and out of it', async () => {
  const visit = await browser.open();
  expect(visit.stage.name).toBe('green-room');
  await browser.settle(visit.join('Ada', ''));
  expect(visit.stage.name).toBe('meeting');
  expect(rememberedSeat('meeting')).toMatchObject({ name: 'Ada', media: both });
  await browser.settle(visit.leave());
  expect(visit.stage.name).toBe('goodbye');
  expect(browser.connections[0]?.leave).toHaveBeenCalled();
  expect(rememberedSeat('meeting')).toBeNull();
  expect(visit.media.cameraOn).toBe(false);
  expect(browser.tabs.held.size).toBe(0);
});

it('R8 a reload leads back to the seat, with its resume token and the devices as they were', async () => {
  rememberSeat('meeting', seat);
  const visit = await browser.open();
  expect(visit.stage.name).toBe('meeting');
  expect(browser.opened).toMatchObject({
    admission: seat.admission,
    resume: 'resume',
    name: 'Ada',
  });
  expect(visit.media.state).toEqual(seat.media);
  expect(admit).not.toHaveBeenCalled();
});

it.each(['resume-invalid', 'token-expired', 'token-invalid', 'wrong-state'] as const)(
  'R8 a seat that is refused with %s leads to another one, without a question',
  async (code) => {
    rememberSeat('meeting', seat);
    browser.joins = [() => Promise.reject(new Refusal(code)), () => Promise.resolve()];
    const visit = await browser.open();
    expect(visit.stage.name).toBe('meeting');
    expect(browser.opened).toMatchObject({ admission: { token: 'new' }, name: 'Ada' });
    expect(browser.opened?.resume).toBeUndefined();
    expect(visit.media.state).toEqual(seat.media);
  },
);

it('a seat that is gone in a meeting with a passcode leads to the green room, which asks for it', async () => {
  rememberSeat('meeting', seat);
  browser.joins = [() => Promise.reject(new Refusal('resume-invalid'))];
  vi.mocked(admit).mockRejectedValue(new Refusal('passcode-required'));
  const visit = await browser.open();
  expect(visit.stage.name).toBe('green-room');
  expect(visit.entrance.asksPasscode).toBe(true);
});

it.each([new Unreachable(), new Refusal('server-draining')])(
  'a server that is away at a reload (%s) costs neither seat nor devices',
  async (error) => {
    rememberSeat('meeting', seat);
    browser.joins = [() => Promise.reject(error), () => Promise.resolve()];
    const visit = await browser.open();
    expect(visit.stage.name).toBe('problem');
    expect(visit.media.microphoneOn).toBe(true);
    const asked = browser.getUserMedia.mock.calls.length;
    await browser.settle(visit.retry());
    expect(visit.stage.name).toBe('meeting');
    expect(browser.opened).toMatchObject({ resume: 'resume' });
    expect(browser.getUserMedia).toHaveBeenCalledTimes(asked);
  },
);

it('whose seat was given away while they had no network comes back with one click and no prompt', async () => {
  const visit = await browser.inMeeting();
  const asked = browser.getUserMedia.mock.calls.length;
  browser.connections[0]?.events.emit('connection', { status: 'refused', error: 'token-expired' });
  expect(visit.stage).toEqual({ name: 'problem', problem: 'seat-gone' });
  expect(visit.media.state).toEqual(both);
  await browser.settle(visit.retry());
  expect(visit.stage.name).toBe('meeting');
  expect(browser.getUserMedia).toHaveBeenCalledTimes(asked);
});

it('a meeting that ended lets the devices go', async () => {
  const visit = await browser.inMeeting();
  browser.connections[0]?.events.emit('connection', { status: 'refused', error: 'meeting-ended' });
  expect(visit.stage).toEqual({ name: 'problem', problem: 'ended' });
  expect(visit.media.state).toEqual({ microphone: false, camera: false });
});

it('what the green room can mend is told there, what it cannot is a screen', async () => {
  vi.mocked(admit).mockRejectedValue(new Refusal('meeting-full'));
  const visit = await browser.open();
  await browser.settle(visit.join('Ada', ''));
  expect(visit.entrance.trouble).toBe('full');
  expect(visit.stage.name).toBe('green-room');
  vi.mocked(admit).mockRejectedValue(new Refusal('meeting-not-found'));
  await browser.settle(visit.join('Ada', ''));
  expect(visit.stage).toEqual({ name: 'problem', problem: 'not-found' });
});

it('asks for another seat as one was admitted before, with the passcode', async () => {
  const visit = await browser.open();
  await browser.settle(visit.join('Ada', 'sesame'));
  await browser.opened?.admit?.();
  expect(admit).toHaveBeenLastCalledWith('meeting', 'secret', { passcode: 'sesame' });
});

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
