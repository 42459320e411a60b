import type { ListedInvitation } from '@confab/protocol';
import vectors from '@confab/protocol/vectors.json';
import { expect, it, vi } from 'vitest';
import { fromBase64url } from '../connection/sealing/base64url.ts';
import { openLabel, sealLabel } from '../connection/sealing/label.ts';
import { HostDesk } from './host-desk.svelte.ts';

const { secret, meetingId } = vectors.inputs;
const route = { secret, meetingId };
const origin = 'https://meet.example';
const listed: ListedInvitation = {
  ...{ id: 'a'.repeat(22), role: 'host', madeAt: 1, expiresAt: 2, uses: 0 },
};

function deskWith(invitations: ListedInvitation[]) {
  const api = {
    invitations: vi.fn(() => Promise.resolve(invitations)),
    invite: vi.fn(() =>
      Promise.resolve({
        id: 'b'.repeat(22),
        invitation: 'x.y.z',
        role: 'host',
        expiresAt: 2,
      } as const),
    ),
    revoke: vi.fn(() => Promise.resolve()),
    schedule: vi.fn(() => Promise.resolve(null)),
    setSchedule: vi.fn(() => Promise.resolve()),
  };
  return { api, desk: new HostDesk({ api, meetingId, secret, origin }) };
}

it('R105 shows what invitations are called, and the link of one’s own', async () => {
  const { desk } = deskWith([
    { ...listed, name: await sealLabel(route, 'Zoë'), invitation: 'x.y.z' },
    { ...listed, name: await sealLabel(route, ' \u202Eevil ') },
    { ...listed, name: await sealLabel({ ...route, meetingId: 'A'.repeat(22) }, 'Eve') },
    listed,
  ]);
  expect(desk.invitations).toBeNull();
  await desk.lookAtInvitations();
  expect(desk.invitations?.map(({ label, link }) => [label, link])).toEqual([
    ['Zoë', `${origin}/m/${meetingId}#${secret}.x.y.z`],
    ['evil', null],
    [null, null],
    [null, null],
  ]);
});

it('R105 seals what an invitation is called, and says nothing where it is called nothing', async () => {
  const { api, desk } = deskWith([]);
  expect(await desk.invite({ label: 'Zoë', role: 'host' })).toBe(
    `${origin}/m/${meetingId}#${secret}.x.y.z`,
  );
  const [{ name, ...terms }] = api.invite.mock.lastCall as unknown as [{ name: string }];
  expect(terms).toEqual({ role: 'host' });
  // Of two letters in a row some sealed text has any: here it is all of the word, as it would stand there unsealed.
  expect(new TextDecoder().decode(fromBase64url(name) ?? undefined)).not.toContain('Zoë');
  expect(await openLabel(route, name)).toBe('Zoë');
  await desk.invite({ label: '  ', expiresAt: 7 });
  expect(api.invite).toHaveBeenLastCalledWith({ expiresAt: 7 });
});

it('R106 looks anew after one was revoked, and R107 keeps what was planned', async () => {
  const { api, desk } = deskWith([listed]);
  await desk.revoke(listed.id);
  expect(api.revoke).toHaveBeenCalledWith(listed.id);
  expect(desk.invitations).toHaveLength(1);
  expect(desk.schedule).toBeUndefined();
  await desk.lookAtSchedule();
  expect(desk.schedule).toBeNull();
  const schedule = { start: '2026-11-25T09:30', duration: 5, timeZone: 'UTC' };
  await desk.plan(schedule);
  expect(desk.schedule).toEqual(schedule);
});

it('R69 counts what would be lost with the meeting: coming times, and invitations that still count', async () => {
  const { api, desk } = deskWith([listed, { ...listed, expiresAt: Date.now() / 1_000 + 60 }]);
  expect(await desk.lookAtLosses()).toEqual({ schedule: false, invitations: 1 });
  api.schedule.mockResolvedValueOnce({} as never);
  expect(await desk.lookAtLosses()).toEqual({ schedule: true, invitations: 1 });
});
