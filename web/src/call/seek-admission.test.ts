import { Refusal } from '@confab/protocol';
import { beforeEach, expect, it, vi } from 'vitest';
import { type Admission, admit } from '../connection/meetings-api.ts';
import { rememberHostToken, rememberedHostToken } from './remembered-host.ts';
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
  rememberHostToken('meeting', 'host token');
  await seekAdmission('meeting', 'secret', '');
  await seekAdmission('meeting', 'secret', '');
  expect(asked.mock.calls.map(([, , options]) => options?.invitation)).toEqual([
    'host token',
    'host token',
  ]);
});

it('comes as a participant where the host token is worthless, and forgets it', async () => {
  rememberHostToken('meeting', 'host token');
  asked.mockRejectedValueOnce(new Refusal('token-expired'));
  expect(await seekAdmission('meeting', 'secret', '')).toBe(admission);
  expect(asked).toHaveBeenLastCalledWith('meeting', 'secret', {});
  expect(rememberedHostToken('meeting')).toBeNull();
});

it('keeps the host token through every other refusal', async () => {
  rememberHostToken('meeting', 'host token');
  asked.mockRejectedValueOnce(new Refusal('meeting-full'));
  await expect(seekAdmission('meeting', 'secret', '')).rejects.toThrow('meeting-full');
  expect(asked).toHaveBeenCalledOnce();
  expect(rememberedHostToken('meeting')).toBe('host token');
});
