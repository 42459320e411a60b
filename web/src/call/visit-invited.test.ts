import { Refusal } from '@confab/protocol';
import { expect, it, vi } from 'vitest';
import { admit, describeMeeting } from '../connection/meetings-api.ts';
import {
  comesAsHost,
  followInvitation,
  forgetInvitations,
  rememberedInvitation,
} from './remembered-host.ts';
import { type Visiting, visitingEachTime } from './test/visiting.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));
vi.mock('../connection/doorstep.ts', () => ({
  Doorstep: class {
    readonly close = vi.fn();
  },
}));
vi.mock('./call-connection.ts', async (original) => ({
  ...(await original()),
  openConnection: vi.fn(),
  prepareConnection: vi.fn(),
}));
vi.mock('./requirements.ts', () => ({ hindrance: () => null }));
vi.mock('../connection/meetings-api.ts', async (original) => ({
  ...(await original()),
  admit: vi.fn(),
  describeMeeting: vi.fn(),
}));

let browser: Visiting;
visitingEachTime((visiting) => (browser = visiting));

/** An invitation as the server signs it, as far as a page can read it. */
const invitation = (role: string) => `e30.${btoa(JSON.stringify({ role, by: 'ÿ?>' }))}.c2ln`;

it('R108 before it opens one waits on a screen of its own, and is in the green room when it is open', async () => {
  vi.mocked(describeMeeting).mockRejectedValueOnce(new Refusal('meeting-not-found'));
  vi.mocked(admit).mockRejectedValueOnce(new Refusal('not-open', 1_790_000_000, 90));
  const visit = await browser.open();
  expect(visit.stage).toEqual({ name: 'early', opening: { at: 1_790_000_000, in: 90 } });
  expect(browser.getUserMedia).not.toHaveBeenCalled();
  vi.mocked(describeMeeting).mockRejectedValueOnce(new Refusal('meeting-not-found'));
  vi.mocked(admit).mockRejectedValueOnce(new Refusal('not-open', 1_790_000_060, 150));
  await browser.settle(visit.lookAgain());
  expect(visit.stage).toMatchObject({ name: 'early', opening: { in: 150 } });
  await browser.settle(visit.lookAgain());
  expect(visit.stage.name).toBe('green-room');
});

it('R108 who is refused at the click only learns the time there', async () => {
  const visit = await browser.open();
  vi.mocked(admit).mockRejectedValue(new Refusal('not-open', 1_790_000_000, 90));
  visit.entrance.close();
  await browser.settle(visit.join('Ada', 'sesame'));
  expect(visit.stage.name).toBe('early');
  expect(visit.media.cameraOn).toBe(false);
});

it('R106 whose invitation was revoked is told, and may come without it', async () => {
  followInvitation('meeting', invitation('host'));
  vi.mocked(admit).mockRejectedValue(new Refusal('invitation-revoked'));
  const visit = await browser.open();
  await browser.settle(visit.join('Ada', ''));
  expect(visit.stage).toMatchObject({ name: 'problem', problem: 'revoked' });
  expect(rememberedInvitation('meeting')).not.toBeNull();
  await browser.settle(visit.retry());
  expect(visit.stage.name).toBe('green-room');
  expect(rememberedInvitation('meeting')).toBeNull();
});

it('R105 the latest invitation is kept, and none makes less of a host', () => {
  followInvitation('meeting', invitation('participant'));
  expect(comesAsHost('meeting')).toBe(false);
  followInvitation('meeting', invitation('host'));
  expect(comesAsHost('meeting')).toBe(true);
  followInvitation('meeting', invitation('participant'));
  expect(rememberedInvitation('meeting')).toBe(invitation('host'));
  followInvitation('meeting', `${invitation('host')}2`);
  expect(rememberedInvitation('meeting')).toBe(`${invitation('host')}2`);
  for (const odd of ['', 'a.b.c', `e30.${btoa('null')}.x`]) {
    forgetInvitations('meeting');
    followInvitation('meeting', odd);
    expect(comesAsHost('meeting'), odd).toBe(false);
  }
});
