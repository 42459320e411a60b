import { chromium, type Browser } from '@playwright/test';
import { findChromium } from './installed.ts';

/** What the browser's camera and microphone are: files that loop, nothing plugged in, or there but refused by the person. */
export type Devices = { camera: string; microphone: string } | 'none' | 'refused';

/**
 * Chromium with these devices for its whole life: they are flags of the process, so people who must be told apart
 * need a browser each.
 */
export function launchChromium(devices: Devices): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Chromium is not installed; `npm test` installs it.');
  return chromium.launch({ executablePath, args: [...quiet, ...deviceFlags(devices)] });
}

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
  // Chromium's sandbox refuses to start as root, which is what containers run tests as.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

function deviceFlags(devices: Devices): string[] {
  if (devices === 'none') return ['--use-fake-ui-for-media-stream'];
  if (devices === 'refused') {
    return ['--use-fake-device-for-media-stream', '--deny-permission-prompts'];
  }
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${devices.camera}`,
    `--use-file-for-fake-audio-capture=${devices.microphone}`,
  ];
}
