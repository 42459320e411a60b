import type { DeviceKind } from './device-list.svelte.ts';

/** A device that was just plugged in, by all that it can be used as; a headset is two. */
export type DeviceOffer = {
  label: string;
  uses: { as: 'microphone' | 'camera' | 'speaker'; deviceId: string }[];
};

const asWhat: Record<DeviceKind, DeviceOffer['uses'][number]['as']> = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
};

/** These stand for others in the list. */
const STAND_INS = ['', 'default', 'communications'];

/** What is new between two lists; null where nothing is, or names were merely kept back until now. */
export function offerOf(before: MediaDeviceInfo[], after: MediaDeviceInfo[]): DeviceOffer | null {
  if (!before.some(({ label }) => label !== '')) return null;
  const known = new Set(before.map(({ kind, deviceId }) => `${kind} ${deviceId}`));
  const added = after.filter(
    ({ kind, deviceId, label }) =>
      label !== '' && !STAND_INS.includes(deviceId) && !known.has(`${kind} ${deviceId}`),
  );
  const [first] = added;
  if (first === undefined) return null;
  const same = added.filter(({ groupId }) => groupId === first.groupId);
  return {
    label: first.label,
    uses: same.map(({ kind, deviceId }) => ({ as: asWhat[kind], deviceId })),
  };
}
