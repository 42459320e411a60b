import { Refusal } from '@confab/protocol';
import { expect, it, vi } from 'vitest';
import { Emitter } from '../connection/emitter.ts';
import type { KnockEvents } from '../connection/knock.ts';
import { admit, describeMeeting } from '../connection/meetings-api.ts';
import { makeKnock } from './call-connection.ts';
// Loading it is no part of any test's time.
import './waiting.svelte.ts';
import { rememberSeat, rememberedSeat } from './remembered-seat.ts';
import { type Visiting, seat, visitingEachTime } from './test/visiting.ts';
import type { Visit } from './visit.svelte.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));
vi.mock('./tones.ts', () => ({ playTone: vi.fn() }));
vi.mock('./call-connection.ts', () => ({
  openConnection: vi.fn(),
  prepareConnection: vi.fn(),
  openDoorstep: () => ({ close: vi.fn() }),
  makeKnock: vi.fn(),
}));
vi.mock('./requirements.ts', () => ({ hindrance: () => null }));
vi.mock('../connection/meetings-api.ts', async (original) => ({
  ...(await original()),
  admit: vi.fn(),
  describeMeeting: vi.fn(),
}));

const waits = { ...seat.admission, token: 'new', waits: true };
let browser: Visiting;
let knock: ReturnType<typeof fakeKnock>;
visitingEachTime((visiting) => {
  browser = visiting;
  knock = fakeKnock();
  vi.mocked(makeKnock)
    .mockReset()
    .mockResolvedValue(knock as never);
  vi.mocked(describeMeeting).mockResolvedValue({
    passcode: false,
    waitingRoom: true,
    relay: false,
    recorded: false,
  });
  vi.mocked(admit).mockResolvedValue(waits);
});

function fakeKnock() {
  return {
    events: new Emitter<KnockEvents>(),
    begin: vi.fn(() => Promise.resolve()),
    leave: vi.fn(() => Promise.resolve()),
    close: vi.fn(),
  };
}

/** What is fetched for it takes real time. */
const isWaiting = (visit: Visit) =>
  vi.waitFor(() => expect(visit.stage.name).toBe('waiting'), { timeout: 5_000 });

/** A visit that has asked to join, and waits. */
async function waiting(): Promise<{ visit: Visit; joining: Promise<void> }> {
  const visit = await browser.open();
  expect(visit.entrance.asksToEnter).toBe(true);
  const joining = visit.join('Ada', '');
  await isWaiting(visit);
  return { visit, joining };
}

it('R71 waits for a host, shows the place and what hosts say, and goes on into the meeting', async () => {
  const { visit, joining } = await waiting();
  if (visit.stage.name !== 'waiting') throw new Error('not waiting');
  knock.events.emit('busy', null);
  expect(visit.stage.waiting.isBusy).toBe(true);
  knock.events.emit('place', 2);
  knock.events.emit('told', { name: 'Bo', text: 'Soon' });
  knock.events.emit('announced', 'Back at noon');
  knock.events.emit('reached', false);
  expect(visit.stage.waiting).toMatchObject({
    place: 2,
    isBusy: false,
    isReached: false,
    isSingledOut: false,
    notes: [
      { name: 'Bo', text: 'Soon' },
      { name: null, text: 'Back at noon' },
    ],
  });
  expect(rememberedSeat('meeting')).toMatchObject({ admission: waits, resume: null });
  const { waits: _w, ...admitted } = waits;
  knock.events.emit('admitted', { ...admitted, token: 'renewed' });
  await browser.settle(joining);
  expect(visit.stage.name).toBe('meeting');
  expect(browser.opened?.admission).toEqual({ ...admitted, token: 'renewed' });
});

it('R36 a reload after a long wait comes back by the token that was renewed last', async () => {
  const { visit, joining } = await waiting();
  knock.events.emit('renewed', 'second');
  knock.events.emit('renewed', 'third');
  expect(rememberedSeat('meeting')).toMatchObject({
    admission: { ...waits, token: 'third' },
    resume: null,
  });
  if (visit.stage.name === 'waiting') await visit.stage.waiting.leave();
  await browser.settle(joining);
});

it('R62 knows after a reload, too, that one waits where others come in without waiting', async () => {
  vi.mocked(describeMeeting).mockResolvedValue({
    passcode: false,
    waitingRoom: false,
    relay: false,
    recorded: false,
  });
  rememberSeat('meeting', { ...seat, admission: waits, resume: null });
  const visit = browser.make(browser.tabs.open());
  const opening = visit.open();
  await isWaiting(visit);
  if (visit.stage.name !== 'waiting') throw new Error('not waiting');
  expect(visit.stage.waiting.isSingledOut).toBe(true);
  knock.events.emit('refused', 'denied');
  await browser.settle(opening);
});

it('R71 says that a host has denied, forgets the place, and knocks again only when asked to', async () => {
  const { visit, joining } = await waiting();
  knock.events.emit('refused', 'denied');
  await browser.settle(joining);
  expect(visit.stage).toMatchObject({ name: 'problem', problem: 'denied' });
  expect(rememberedSeat('meeting')).toBeNull();
  await browser.settle(visit.retry());
  expect(visit.stage.name).toBe('green-room');
  expect(makeKnock).toHaveBeenCalledOnce();
});

it('R71 whoever stops waiting is back in the green room', async () => {
  const { visit, joining } = await waiting();
  if (visit.stage.name !== 'waiting') throw new Error('not waiting');
  await visit.stage.waiting.leave();
  await browser.settle(joining);
  expect(knock.leave).toHaveBeenCalledOnce();
  expect(visit.stage.name).toBe('green-room');
  expect(visit.entrance.isJoining).toBe(false);
  expect(rememberedSeat('meeting')).toBeNull();
});

it('R71 a reload comes back to the queue; whoever is denied there does not knock anew', async () => {
  rememberSeat('meeting', { ...seat, admission: waits, resume: null });
  const visit = browser.make(browser.tabs.open());
  const opening = visit.open();
  await isWaiting(visit);
  expect(admit).not.toHaveBeenCalled();
  knock.events.emit('refused', 'denied');
  await browser.settle(opening);
  expect(visit.stage).toMatchObject({ name: 'problem', problem: 'denied' });
  expect(admit).not.toHaveBeenCalled();
});

it('R70 whoever was admitted before the waiting room was opened knocks all the same', async () => {
  const { waits: _w, ...early } = waits;
  vi.mocked(admit).mockResolvedValue(early);
  browser.joins = [() => Promise.reject(new Refusal('knock-required')), () => Promise.resolve()];
  const { visit, joining } = await waiting();
  knock.events.emit('admitted', early);
  await browser.settle(joining);
  expect(visit.stage.name).toBe('meeting');
});

it('R70 whoever lost the seat for good where hosts let people in knocks anew', async () => {
  const { visit, joining } = await waiting();
  knock.events.emit('admitted', seat.admission);
  await browser.settle(joining);
  browser.connections[0]?.events.emit('connection', { status: 'refused', error: 'knock-required' });
  await isWaiting(visit);
});
