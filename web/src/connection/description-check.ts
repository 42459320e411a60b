import { SLOTS, type Slot } from './meeting-events.ts';
import { isPinnedTo } from './sealing/fingerprints.ts';

/** What each slot carries, in the order of R32. */
export const KINDS: Record<Slot, 'audio' | 'video'> = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  screenSound: 'audio',
};

const MOST_CANDIDATES = 128;

/** What is wrong with a description from someone whose hello names `fingerprint` (R26, R32); null if nothing is. */
export function faultIn(sdp: string, fingerprint: string): 'fingerprint' | 'altered' | null {
  if (!isPinnedTo(sdp, fingerprint)) return 'fingerprint';
  return hasAgreedSections(sdp) ? null : 'altered';
}

/** Whether a description has the sections of R32 and the data channels', and no more candidates than a browser gathers. */
export function hasAgreedSections(sdp: string): boolean {
  const sections = [...sdp.matchAll(/^m=(\w+) /gm)].map((match) => match[1]);
  const agreed = [...SLOTS.map((slot) => KINDS[slot]), 'application'];
  if (sections.length !== agreed.length) return false;
  if (sections.some((section, index) => section !== agreed[index])) return false;
  return [...sdp.matchAll(/^a=candidate:/gm)].length <= MOST_CANDIDATES;
}
