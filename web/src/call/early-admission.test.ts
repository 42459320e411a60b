import { Refusal } from '@confab/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Doorstep } from '../connection/doorstep.ts';
import type { Admission } from '../connection/meetings-api.ts';
import { EarlyAdmission } from './early-admission.ts';

const admission: Admission = {
  token: 'early',
  participantId: 'me',
  role: 'participant',
  tokenLifetime: 3_600,
};
const close = vi.fn();
const doorstep = { close } as unknown as Doorstep;
const open = vi.fn(() => Promise.resolve(doorstep));

beforeEach(() => {
  vi.useFakeTimers();
  close.mockClear();
  open.mockClear();
});
afterEach(() => vi.useRealTimers());

const given = () => new EarlyAdmission(() => Promise.resolve(admission), open);

it('has the seat and an open connection ready', async () => {
  expect(await given().take()).toEqual({ admission, doorstep });
  expect(open).toHaveBeenCalledWith(admission);
  expect(close).not.toHaveBeenCalled();
});

it('is asked once, before anybody wants it', () => {
  const ask = vi.fn(() => Promise.resolve(admission));
  const early = new EarlyAdmission(ask, open);
  void early.take();
  expect(ask).toHaveBeenCalledOnce();
});

it('keeps a refusal to itself, since the click asks again', async () => {
  const early = new EarlyAdmission(() => Promise.reject(new Refusal('meeting-full')), open);
  expect(await early.take()).toBeNull();
  expect(open).not.toHaveBeenCalled();
});

it('gives nothing where no connection could be opened', async () => {
  const early = new EarlyAdmission(
    () => Promise.resolve(admission),
    () => Promise.reject(new TypeError('not loaded')),
  );
  expect(await early.take()).toBeNull();
});

it('does not give out what is older than ten minutes, and closes its connection', async () => {
  const early = given();
  vi.setSystemTime(Date.now() + 10 * 60_000 - 1);
  expect(await early.take()).not.toBeNull();
  vi.setSystemTime(Date.now() + 1);
  expect(await early.take()).toBeNull();
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
});

it('closes the connection that nobody took, even one that comes later', async () => {
  given().close();
  expect(close).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
});
