import { afterEach, expect, it, vi } from 'vitest';
import { isStorageKept, keepStorage } from './keep-storage.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const persist = vi.fn(() => Promise.resolve(true));
const persisted = vi.fn(() => Promise.resolve(true));

it('asks a browser that decides by itself, and none that would ask the person', async () => {
  vi.stubGlobal('navigator', { storage: { persist, persisted } });
  await keepStorage();
  expect(persist).not.toHaveBeenCalled();
  vi.stubGlobal('navigator', { userAgentData: {}, storage: { persist, persisted } });
  await keepStorage();
  expect(persist).toHaveBeenCalledOnce();
});

it('does without where it is refused, or not known', async () => {
  persist.mockRejectedValueOnce(new TypeError('no'));
  vi.stubGlobal('navigator', { userAgentData: {}, storage: { persist, persisted } });
  await keepStorage();
  expect(await isStorageKept()).toBe(true);
  vi.stubGlobal('navigator', { userAgentData: {}, storage: {} });
  await keepStorage();
  expect(await isStorageKept()).toBe(false);
});
