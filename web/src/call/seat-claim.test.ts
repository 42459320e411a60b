import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RememberedSeat } from './remembered-seat.ts';
import { type BetweenTabs, SeatClaim } from './seat-claim.ts';
import { type FakeTab, FakeTabs } from './test/fake-tabs.ts';

const seatOf = (participantId: string, resume = 'latest'): RememberedSeat => ({
  admission: { token: 'token', participantId, role: 'participant', tokenLifetime: 3_600 },
  resume,
  name: 'Ada',
  media: { microphone: true, camera: true },
});

let tabs: FakeTabs;

beforeEach(() => {
  vi.useFakeTimers();
  tabs = new FakeTabs();
});
afterEach(() => vi.useRealTimers());

/** A tab with a claim to seats, which gives `seat` to whoever asks. */
function enter(seat: RememberedSeat | null = seatOf('me'), tab: FakeTab = tabs.open()) {
  return { tab, ...claimIn(tab, seat) };
}

function claimIn(tab: BetweenTabs, seat: RememberedSeat | null) {
  const onStolen = vi.fn();
  const claim: SeatClaim = new SeatClaim(
    'meeting',
    {
      onWanted: () => {
        claim.release();
        return seat;
      },
      onStolen,
    },
    tab,
  );
  return { claim, onStolen };
}

/** A tab that sits in the seat of `participantId`. */
async function sit(participantId = 'me') {
  const seated = enter(seatOf(participantId));
  expect(await seated.claim.mayTake(seatOf(participantId))).toBe(true);
  return seated;
}

async function waitFor<Result>(answer: Promise<Result>): Promise<Result> {
  await vi.advanceTimersByTimeAsync(5_000);
  return answer;
}

it('the first tab may enter, and so may every other while nobody sits', async () => {
  expect(await enter().claim.mayTake(null)).toBe(true);
  expect(await enter().claim.mayTake(null)).toBe(true);
});

it('a tab that claims its seat twice has it once, and nobody takes it', async () => {
  const { claim, onStolen } = enter();
  claim.hold('me');
  claim.hold('me');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(onStolen).not.toHaveBeenCalled();
  expect(await enter(null).claim.mayTake(null)).toBe(false);
});

it('a second tab may not, while the first one sits', async () => {
  const first = await sit();
  const second = enter();
  expect(await second.claim.mayTake(null)).toBe(false);
  first.claim.release();
  await vi.advanceTimersByTimeAsync(0);
  expect(await second.claim.mayTake(null)).toBe(true);
});

it('a duplicated tab does not get the seat that it brought a copy of', async () => {
  await sit();
  expect(await waitFor(enter().claim.mayTake(seatOf('me')))).toBe(false);
});

it('a reloaded tab gets its seat although its old page is still being put away', async () => {
  const before = await sit();
  const answer = enter().claim.mayTake(seatOf('me'));
  await vi.advanceTimersByTimeAsync(400);
  before.tab.crash();
  expect(await waitFor(answer)).toBe(true);
});

it('a tab with a seat of its own returns to it, whoever else sits', async () => {
  await sit('me');
  const second = await sit('me too');
  second.tab.crash();
  await vi.advanceTimersByTimeAsync(0);
  expect(await enter().claim.mayTake(seatOf('me too'))).toBe(true);
});

it('a seat passes from the tab that has it to the one that asks, with its latest tokens', async () => {
  const first = await sit();
  const second = enter();
  expect(await waitFor(second.claim.takeOver(seatOf('me', 'old')))).toEqual(seatOf('me'));
  expect(first.onStolen).not.toHaveBeenCalled();
  expect(await waitFor(enter().claim.mayTake(seatOf('me')))).toBe(false);
});

it('of several tabs only the one whose seat is wanted gives it', async () => {
  await sit('me');
  const other = await sit('me too');
  expect(await waitFor(enter().claim.takeOver(null))).toEqual(seatOf('me'));
  expect(await waitFor(other.claim.mayTake(seatOf('me too')))).toBe(true);
});

it('a tab that is frozen loses its seat, and learns it', async () => {
  const first = await sit();
  first.tab.isFrozen = true;
  const second = enter();
  expect(await waitFor(second.claim.takeOver(null))).toBeNull();
  expect(first.onStolen).toHaveBeenCalledOnce();
  expect(await waitFor(enter().claim.mayTake(null))).toBe(false);
});

it('a copy is better than nothing where the frozen tab does not answer', async () => {
  const first = await sit();
  first.tab.isFrozen = true;
  const copy = seatOf('me', 'copied');
  expect(await waitFor(enter().claim.takeOver(copy))).toEqual(copy);
});

it('whatever another version of the app says on the channel is no seat', async () => {
  await sit();
  const channel = tabs.open().openChannel('confab:meeting:meeting');
  const answer = enter().claim.takeOver(seatOf('nobody', 'own'));
  channel.postMessage({ type: 'given', participantId: 'nobody', seat: { token: 'token' } });
  channel.postMessage('nonsense');
  expect(await waitFor(answer)).toEqual(seatOf('nobody', 'own'));
});

it('what is given to another tab is not taken', async () => {
  const channel = tabs.open().openChannel('confab:meeting:meeting');
  const answer = enter().claim.takeOver(seatOf('nobody', 'own'));
  channel.postMessage({ type: 'given', participantId: 'me', seat: seatOf('me') });
  expect(await waitFor(answer)).toEqual(seatOf('nobody', 'own'));
});

it('a seat that changes its participant is held under the new name alone', async () => {
  const first = await sit('me');
  first.claim.hold('me again');
  await vi.advanceTimersByTimeAsync(0);
  expect([...tabs.held.keys()]).toEqual(['confab:seat:meeting:me again']);
});

it('a closed claim holds nothing', async () => {
  const first = await sit();
  first.claim.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(tabs.held.size).toBe(0);
  expect(tabs.channels).toHaveLength(0);
});

it('a browser without locks checks nothing', async () => {
  const without = { locks: undefined, openChannel: () => undefined };
  expect(await claimIn(without, null).claim.mayTake(seatOf('me'))).toBe(true);
  const second = claimIn(without, null);
  expect(await second.claim.mayTake(seatOf('me'))).toBe(true);
  expect(await waitFor(second.claim.takeOver(seatOf('me', 'own')))).toEqual(seatOf('me', 'own'));
});
