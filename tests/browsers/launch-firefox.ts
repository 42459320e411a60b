import { fileURLToPath } from 'node:url';
import { firefox, type Browser } from '@playwright/test';
import { findFirefox } from './installed.ts';
import type { Away } from './launch-chromium.ts';

const shim = fileURLToPath(new URL('firefox-shim.mjs', import.meta.url));

/** Firefox with its built-in false devices, everything allowed. The microphone hears a tone of `pitch` Hz. */
export function launchFirefox(pitch: number, away: Away | null = null): Promise<Browser> {
  const installed = findFirefox();
  if (!installed) throw new Error('Firefox is not installed; `npm test` installs it.');
  const program = away?.place.programHere(installed.program) ?? installed.program;
  const firefoxUserPrefs = {
    ...preferences,
    'media.navigator.audio.fake_frequency': pitch,
    ...(away && { 'dom.securecontext.allowlist': new URL(away.origin).hostname }),
  };
  if (!installed.isStock) return firefox.launch({ executablePath: program, firefoxUserPrefs });
  const node = away && { FIREFOX_NODE: away.place.programHere(process.execPath) };
  return firefox.launch({
    channel: 'moz-firefox',
    executablePath: shim,
    env: { ...process.env, FIREFOX_PROGRAM: program, ...node },
    firefoxUserPrefs,
  });
}

const preferences = {
  // Drawn by the processor, everything that moves takes a quarter of a core at sixty frames a second.
  'layout.frame_rate': 20,
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  // Masked host candidates need multicast DNS, which containers do not have.
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.peerconnection.ice.loopback': true,
};
