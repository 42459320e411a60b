import { expect, it } from 'vitest';
import { offerOf } from './device-offer.ts';

const device = (kind: MediaDeviceKind, deviceId: string, label = deviceId, groupId = deviceId) =>
  ({ kind, deviceId, label, groupId }) as MediaDeviceInfo;
const built = device('audioinput', 'built-in');

it('a headset is offered as both that it is', () => {
  const after = [
    built,
    device('audioinput', 'default', 'Default', 'h'),
    device('audioinput', 'in', 'Headset', 'h'),
    device('audiooutput', 'out', 'Headset', 'h'),
    device('videoinput', 'webcam'),
  ];
  expect(offerOf([built], after)).toEqual({
    label: 'Headset',
    uses: [
      { as: 'microphone', deviceId: 'in' },
      { as: 'speaker', deviceId: 'out' },
    ],
  });
});

it.each([
  ['what was there', [built], [built]],
  ['what went away', [built, device('videoinput', 'webcam')], [built]],
  ['names that were kept back until now', [device('audioinput', '', '')], [built]],
  ['what has no name', [built], [built, device('videoinput', 'x', '')]],
])('%s is no offer', (_, before, after) => {
  expect(offerOf(before, after)).toBeNull();
});
