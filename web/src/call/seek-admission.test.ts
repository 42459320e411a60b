import { Refusal } from '@confab/protocol';
import { beforeEach, expect, it, vi } from 'vitest';
import { type Admission, admit } from '../connection/meetings-api.ts';
import { followInvitation, rememberMade, rememberedInvitation } from './remembered-host.ts';
import { seekAdmission } from './seek-admission.ts';

vi.mock('../connection/meetings-api.ts', () => ({ admit: vi.fn() }));

const admission: Admission = {
  token: 'token',
  participantId: 'me',
  role: 'participant',
  tokenLifetime: 3_600,
};
const asked = vi.mocked(admit);

beforeEach(() => {
  localStorage.clear();
  asked.mockReset();
  asked.mockResolvedValue(admission);
});

it('asks as everybody does, with the passcode if there is one', async () => {
  await seekAdmission('meeting', 'secret', '');
  expect(asked).toHaveBeenLastCalledWith('meeting', 'secret', {});
  await seekAdmission('meeting', 'secret', 'sesame');
  expect(asked).toHaveBeenLastCalledWith('meeting', 'secret', { passcode: 'sesame' });
});

it('R3 whoever made the meeting in this browser comes as its host, every time', async () => {
  rememberMade('meeting', 'host token');
  await seekAdmission('meeting', 'secret', '');
  await seekAdmission('meeting', 'secret', '');
  expect(asked.mock.calls.map(([, , options]) => options?.invitation)).toEqual([
    'host token',
    'host token',
  ]);
});

it('comes as a participant where the host token is worthless, and forgets it', async () => {
  rememberMade('meeting', 'host token');
  asked.mockRejectedValueOnce(new Refusal('token-expired'));
  expect(await seekAdmission('meeting', 'secret', '')).toBe(admission);
  expect(asked).toHaveBeenLastCalledWith('meeting', 'secret', {});
  expect(rememberedInvitation('meeting')).toBeNull();
});

it('keeps the host token through every other refusal', async () => {
  rememberMade('meeting', 'host token');
  asked.mockRejectedValueOnce(new Refusal('meeting-full'));
  await expect(seekAdmission('meeting', 'secret', '')).rejects.toThrow('meeting-full');
  expect(asked).toHaveBeenCalledOnce();
  expect(rememberedInvitation('meeting')).toBe('host token');
});

it('R106 keeps a revoked invitation, so that whoever has it is told', async () => {
  followInvitation('meeting', 'revoked');
  asked.mockRejectedValueOnce(new Refusal('invitation-revoked'));
  await expect(seekAdmission('meeting', 'secret', '')).rejects.toThrow('invitation-revoked');
  expect(rememberedInvitation('meeting')).toBe('revoked');
});

const hosts = (name: string) => `${name}.${btoa('{"role":"host"}')}.signature`;
const tried = () => asked.mock.calls.map(([, , options]) => options?.invitation);

it.each(['token-invalid', 'token-expired', 'invitation-revoked'] as const)(
  'R105 a link that only says it makes a host takes nothing from whoever is one (%s)',
  async (code) => {
    followInvitation('meeting', hosts('genuine'));
    for (const name of ['forged', 'forged again']) followInvitation('meeting', hosts(name));
    asked.mockRejectedValueOnce(new Refusal(code));
    asked.mockRejectedValueOnce(new Refusal(code));
    // Also where two ask at the same moment: the green room, and whoever presses on.
    const both = [1, 2].map(() => seekAdmission('meeting', 'secret', ''));
    expect(await Promise.all(both)).toEqual([admission, admission]);
    const [forged, genuine] = [hosts('forged again'), hosts('genuine')];
    expect(tried()).toEqual([forged, forged, genuine, genuine]);
    expect(rememberedInvitation('meeting')).toBe(genuine);
  },
);

it('R105 what the server has taken is what the next link has to outdo', async () => {
  followInvitation('meeting', hosts('old'));
  followInvitation('meeting', hosts('new'));
  asked.mockResolvedValueOnce({ ...admission, role: 'host' });
  await seekAdmission('meeting', 'secret', '');
  followInvitation('meeting', hosts('forged'));
  asked.mockRejectedValueOnce(new Refusal('token-invalid'));
  await seekAdmission('meeting', 'secret', '');
  expect(tried()).toEqual(['new', 'forged', 'new'].map(hosts));
});

it('R105 whoever made the meeting comes as that, also when a host’s invitation that they tried is revoked', async () => {
  rememberMade('meeting', hosts('made'));
  followInvitation('meeting', hosts('tried'));
  asked.mockResolvedValue({ ...admission, role: 'host' });
  await seekAdmission('meeting', 'secret', '');
  await seekAdmission('meeting', 'secret', '');
  expect(tried()).toEqual(['made', 'made'].map(hosts));
  // Where that one counts no more, by what was followed.
  asked.mockRejectedValueOnce(new Refusal('token-invalid'));
  await seekAdmission('meeting', 'secret', '');
  expect(tried().slice(2)).toEqual(['made', 'tried'].map(hosts));
  expect(rememberedInvitation('meeting')).toBe(hosts('tried'));
});
