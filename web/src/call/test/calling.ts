import { afterEach, beforeEach, vi } from 'vitest';
import { Call } from '../call.svelte.ts';
import { LocalMedia } from '../local-media.svelte.ts';
import { Preferences } from '../preferences.ts';
import { FakeTrack, fakeConnection, plugIn } from './fakes.ts';

/** A call over a connection that a test speaks for, with both devices on. */
export type Calling = {
  connection: ReturnType<typeof fakeConnection>;
  media: LocalMedia;
  call: Call;
};

/** Has `use` take a call of its own before each test, whose time stands still. */
export function callEachTime(onEnd: () => void, use: (calling: Calling) => void): void {
  let call: Call;
  beforeEach(async () => {
    localStorage.clear();
    vi.useFakeTimers();
    plugIn(() => new FakeTrack());
    const connection = fakeConnection();
    const media = new LocalMedia(new Preferences());
    await media.start({ microphone: true, camera: true });
    call = new Call(connection, media, onEnd);
    use({ connection, media, call });
  });
  afterEach(() => {
    call.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
