import { fileURLToPath } from 'node:url';
import { firefox, type Browser } from '@playwright/test';
import { findFirefox } from './installed.ts';

const shim = fileURLToPath(new URL('firefox-shim.mjs', import.meta.url));

/** Firefox with its built-in false devices, everything allowed. The microphone hears a tone of `pitch` Hz. */
export function launchFirefox(pitch: number): Promise<Browser> {
  const installed = findFirefox();
  if (!installed) throw new Error('Firefox is not installed; `npm test` installs it.');
  const { program, isStock } = installed;
  const firefoxUserPrefs = { ...preferences, 'media.navigator.audio.fake_frequency': pitch };
  if (!isStock) return firefox.launch({ executablePath: program, firefoxUserPrefs });
  return firefox.launch({
    channel: 'moz-firefox',
    executablePath: shim,
    env: { ...process.env, FIREFOX_PROGRAM: program },
    firefoxUserPrefs,
  });
}

const preferences = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  // Masked host candidates need multicast DNS, which containers do not have.
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.peerconnection.ice.loopback': true,
};
