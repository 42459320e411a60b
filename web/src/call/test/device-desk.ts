import { afterEach, beforeEach, vi } from 'vitest';
import { LocalMedia } from '../local-media.svelte.ts';
import { Preferences } from '../preferences.ts';
import { FakeTrack, plugIn } from './fakes.ts';

/** What a browser is asked for and gives, and what it refuses, anew for each test. */
export class DeviceDesk {
  given: FakeTrack[] = [];
  asked: MediaStreamConstraints[] = [];
  refusals: Partial<Record<'audio' | 'video', string>> = {};

  constructor() {
    plugIn((constraints) => {
      this.asked.push(constraints);
      const section = constraints.audio ? 'audio' : 'video';
      const refusal = this.refusals[section];
      if (refusal) throw new DOMException('', refusal);
      const track = new FakeTrack(section);
      this.given.push(track);
      return track;
    });
  }
}

/** Has `use` take a desk of its own before each test. */
export function deskEachTime(use: (desk: DeviceDesk) => void): void {
  beforeEach(() => {
    localStorage.clear();
    use(new DeviceDesk());
  });
  afterEach(() => vi.unstubAllGlobals());
}

/** Devices that were asked for; both unless `wanted` says otherwise. */
export async function startedMedia(wanted = { microphone: true, camera: true }) {
  const media = new LocalMedia(new Preferences());
  await media.start(wanted);
  return media;
}
