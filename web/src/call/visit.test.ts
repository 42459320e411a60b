import { Refusal } from '@confab/protocol';
import { expect, it, vi } from 'vitest';
import { Doorstep } from '../connection/doorstep.ts';
import { openConnection } from './call-connection.ts';
import { admit, describeMeeting, Unreachable } from '../connection/meetings-api.ts';
import { rememberSeat, rememberedSeat } from './remembered-seat.ts';
import { hindrance } from './requirements.ts';
import { type Visiting, seat, visitingEachTime } from './test/visiting.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));
vi.mock('../connection/doorstep.ts', () => ({ Doorstep: vi.fn() }));
vi.mock('./call-connection.ts', async (original) => ({
  ...(await original()),
  openConnection: vi.fn(),
  prepareConnection: vi.fn(),
}));
vi.mock('./requirements.ts', () => ({ hindrance: vi.fn() }));
vi.mock('../connection/meetings-api.ts', async (original) => ({
  ...(await original()),
  admit: vi.fn(),
  describeMeeting: vi.fn(),
}));

const both = { microphone: true, camera: true };
let browser: Visiting;
visitingEachTime((visiting) => {
  browser = visiting;
  vi.mocked(hindrance).mockReturnValue(null);
  standOnDoorstep({ isLost: false });
});

function standOnDoorstep(state: { isLost: boolean }) {
  const doorstep = { ...state, close: vi.fn() };
  vi.mocked(Doorstep).mockImplementation(function stand() {
    return doorstep as unknown as Doorstep;
  });
  return doorstep;
}

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

const keep = (participantId: string) =>
  sessionStorage.setItem('confab:board', JSON.stringify({ participantId, value: 'AA' }));
const kept = () => sessionStorage.getItem('confab:board');

it('what was kept for a reload is there after it, and gone when one leaves, whether or not anybody looked at it', async () => {
  rememberSeat('meeting', seat);
  keep('self');
  const visit = await browser.open();
  expect(kept()).not.toBeNull();
  await browser.settle(visit.leave());
  expect(kept()).toBeNull();
});

it('what was kept in a seat of another meeting is gone when this one is opened', async () => {
  keep('another');
  await browser.open();
  expect(kept()).toBeNull();
});

it('what is kept while a seat is given up is forgotten with it', async () => {
  const visit = await browser.inMeeting();
  browser.connections[0]?.leave.mockImplementation(() => {
    keep('self');
    return Promise.resolve();
  });
  await browser.settle(visit.leave());
  expect(kept()).toBeNull();
});

it('what was kept stays while another tab has the seat, and goes with a seat that is taken away', async () => {
  const visit = await browser.inMeeting();
  keep('self');
  browser.connections[0]?.events.emit('connection', { status: 'taken' });
  expect(visit.stage.name).toBe('moved');
  expect(kept()).not.toBeNull();
  const other = await browser.inMeeting();
  keep('self');
  browser.connections[1]?.events.emit('connection', { status: 'refused', error: 'removed' });
  expect(other.stage.name).toBe('problem');
  expect(kept()).toBeNull();
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

it.each(['resume-invalid', 'token-invalid', 'wrong-state'] as const)(
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

it('a tab that comes back after its token has run out asks in the green room, and shows nobody to the meeting', async () => {
  rememberSeat('meeting', seat);
  browser.joins = [() => Promise.reject(new Refusal('token-expired')), () => Promise.resolve()];
  const visit = await browser.open();
  expect(visit.stage.name).toBe('green-room');
  await browser.settle(visit.join('Ada', ''));
  expect(visit.stage.name).toBe('meeting');
  expect(browser.opened?.resume).toBeUndefined();
});

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

it.each([
  ['token-expired', 'seat-gone'],
  ['meeting-full', 'full'],
  ['meeting-locked', 'locked'],
] as const)(
  'whose seat was given away while they had no network, and who then meets with %s, comes back with one click and no prompt',
  async (error, problem) => {
    const visit = await browser.inMeeting();
    const asked = browser.getUserMedia.mock.calls.length;
    browser.connections[0]?.events.emit('connection', { status: 'refused', error });
    expect(visit.stage).toEqual({ name: 'problem', problem, wasSeated: true });
    expect(visit.media.state).toEqual(both);
    vi.mocked(describeMeeting).mockRejectedValueOnce(new Unreachable());
    await browser.settle(visit.retry());
    expect(visit.stage).toEqual({ name: 'problem', problem: 'unreachable', wasSeated: true });
    await browser.settle(visit.retry());
    expect(visit.stage.name).toBe('meeting');
    expect(browser.getUserMedia).toHaveBeenCalledTimes(asked);
  },
);

it('R48 a meeting that is still locked at the next try is said to be locked, not to be none', async () => {
  vi.mocked(describeMeeting).mockRejectedValue(new Refusal('meeting-not-found'));
  vi.mocked(admit).mockRejectedValue(new Refusal('meeting-locked'));
  const visit = await browser.open();
  const locked = { name: 'problem', problem: 'locked', wasSeated: false };
  expect(visit.stage).toEqual(locked);
  await browser.settle(visit.retry());
  expect(visit.stage).toEqual(locked);
});

it('R48 who has a seat comes back to a locked meeting after a reload while the server was away', async () => {
  rememberSeat('meeting', seat);
  browser.joins = [() => Promise.reject(new Unreachable()), () => Promise.resolve()];
  vi.mocked(describeMeeting).mockRejectedValue(new Refusal('meeting-not-found'));
  vi.mocked(admit).mockRejectedValue(new Refusal('meeting-locked'));
  const visit = await browser.open();
  expect(visit.stage).toMatchObject({ problem: 'unreachable' });
  await browser.settle(visit.retry());
  expect(visit.stage.name).toBe('meeting');
  expect(browser.opened).toMatchObject({ resume: 'resume' });
});

it('a meeting that ended lets the devices go', async () => {
  const visit = await browser.inMeeting();
  browser.connections[0]?.events.emit('connection', { status: 'refused', error: 'meeting-ended' });
  expect(visit.stage).toMatchObject({ name: 'problem', problem: 'ended' });
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
  expect(visit.stage).toMatchObject({ name: 'problem', problem: 'not-found' });
});

it('asks for another seat as one was admitted before, with the passcode', async () => {
  const visit = await browser.open();
  await browser.settle(visit.join('Ada', 'sesame'));
  await browser.opened?.admit?.();
  expect(admit).toHaveBeenLastCalledWith('meeting', 'secret', { passcode: 'sesame' });
});

it.each(['insecure', 'unsupported'] as const)(
  'a page that is %s says so before it asks for anything',
  async (problem) => {
    vi.mocked(hindrance).mockReturnValue(problem);
    const visit = await browser.open();
    expect(visit.stage).toMatchObject({ name: 'problem', problem });
    expect(browser.getUserMedia).not.toHaveBeenCalled();
  },
);

it.each(['\u3164', '\u200b', '\u2800', '\u0301', '\u200e', ' '])(
  'R20 a name of which nothing readable is left (%j) neither joins nor is remembered',
  async (name) => {
    const visit = await browser.open();
    await browser.settle(visit.join(name, ''));
    expect(visit.stage.name).toBe('green-room');
    expect(openConnection).not.toHaveBeenCalled();
    expect(visit.preferences.choices.name).toBe('');
  },
);

it('R20 a name joins as the others will see it', async () => {
  const visit = await browser.open();
  await browser.settle(visit.join('  Ada\u200b ', ''));
  expect(browser.opened?.name).toBe('Ada');
  expect(visit.preferences.choices.name).toBe('Ada');
});

it('a connection that stands ready is joined on, with the admission it was made for', async () => {
  const doorstep = standOnDoorstep({ isLost: false });
  const visit = await browser.inMeeting();
  expect(browser.opened?.doorstep).toBe(doorstep);
  expect(admit).toHaveBeenCalledOnce();
  expect(visit.stage.name).toBe('meeting');
});

it('a server that was lost in the green room and does not answer is told as such within three seconds', async () => {
  const doorstep = standOnDoorstep({ isLost: true });
  const visit = await browser.open();
  vi.mocked(admit).mockReturnValue(new Promise(() => undefined));
  const joining = visit.join('Ada', '');
  await vi.waitUntil(() => vi.mocked(admit).mock.calls.length === 2);
  await browser.settle(joining);
  expect(visit.entrance.trouble).toBe('unreachable');
  expect(visit.stage.name).toBe('green-room');
  expect(openConnection).not.toHaveBeenCalled();
  expect(doorstep.close).toHaveBeenCalled();
});

it('a server that was lost in the green room and is back is joined with a new admission', async () => {
  standOnDoorstep({ isLost: true });
  const visit = await browser.open();
  vi.mocked(admit).mockResolvedValue({ ...seat.admission, token: 'newer' });
  await browser.settle(visit.join('Ada', ''));
  expect(visit.stage.name).toBe('meeting');
  expect(browser.opened).toMatchObject({ admission: { token: 'newer' } });
  expect(browser.opened?.doorstep).toBeUndefined();
});

it('a slow server is waited for where no connection was lost', async () => {
  vi.mocked(admit).mockRejectedValueOnce(new Unreachable());
  const visit = await browser.open();
  let answer: () => void = () => undefined;
  vi.mocked(admit).mockReturnValue(
    new Promise((resolve) => (answer = () => resolve(seat.admission))),
  );
  const joining = visit.join('Ada', '');
  await vi.advanceTimersByTimeAsync(9_000);
  expect(visit.entrance.isJoining).toBe(true);
  answer();
  await browser.settle(joining);
  expect(visit.stage.name).toBe('meeting');
});
