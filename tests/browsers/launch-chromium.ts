import { chromium, type Browser } from '@playwright/test';
import { findChromium } from './installed.ts';

/** What the browser's camera and microphone are: files that loop, nothing plugged in, or there but refused by the person. */
export type Devices = { camera: string; microphone: string } | 'none' | 'refused';

/** Where a browser runs, if not simply here. */
export type BrowserPlace = {
  /** The path of a program that runs `program` there. */
  programHere(program: string): string;
};

/** A browser in another place, and the one address without TLS that it is to trust as if it were this computer's. */
export type Away = {
  place: BrowserPlace;
  origin: string;
  /** Believes servers whose certificate nobody has signed. */
  isCredulous?: boolean;
};

/**
 * Chromium with these devices for its whole life: they are flags of the process, so people who must be told apart
 * need a browser each. `installed`: the program, where it is to be another one than `findChromium` finds.
 */
export function launchChromium(
  devices: Devices,
  away: Away | null = null,
  installed = findChromium(),
): Promise<Browser> {
  if (!installed) throw new Error('Chromium is not installed; `npm test` installs it.');
  const args = [...quiet, ...deviceFlags(devices)];
  if (!away) return chromium.launch({ executablePath: installed, args });
  return chromium.launch({
    executablePath: away.place.programHere(installed),
    args: [
      ...args,
      `--unsafely-treat-insecure-origin-as-secure=${away.origin}`,
      ...(away.isCredulous ? ['--ignore-certificate-errors'] : []),
    ],
  });
}

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
  '--no-first-run',
  // This computer under a name that browsers do not trust without HTTPS.
  '--host-resolver-rules=MAP insecure.test 127.0.0.1',
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
