import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeviceList } from './device-list.svelte.ts';

let readings: ((devices: MediaDeviceInfo[]) => void)[];

beforeEach(() => {
  readings = [];
  vi.stubGlobal('navigator', {
    mediaDevices: Object.assign(new EventTarget(), {
      enumerateDevices: () => new Promise((resolve) => readings.push(resolve)),
    }),
  });
});

afterEach(() => void vi.unstubAllGlobals());

const camera = (label: string) =>
  ({ kind: 'videoinput', deviceId: label, label }) as MediaDeviceInfo;

test('what changes while the list is being read has it read once more, however much it was', async () => {
  const list = new DeviceList(() => undefined);
  list.refresh();
  list.refresh();
  expect(readings).toHaveLength(1);
  readings[0]?.([camera('')]);
  await vi.waitFor(() => expect(readings).toHaveLength(2));
  readings[1]?.([camera('Desk')]);
  await vi.waitFor(() => expect(list.of('videoinput').map(({ label }) => label)).toEqual(['Desk']));
  expect(readings).toHaveLength(2);
});

test('a browser that names none is asked again the next time', async () => {
  const list = new DeviceList(() => undefined);
  readings[0]?.(Promise.reject(new Error('refused')) as never);
  await vi.waitFor(() => {
    list.refresh();
    expect(readings).toHaveLength(2);
  });
  readings[1]?.([camera('Desk')]);
  await vi.waitFor(() => expect(list.of('videoinput')).toHaveLength(1));
});
