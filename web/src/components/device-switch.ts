import type { CaptureKind } from '../call/device-taking.ts';

/** The ids of the buttons that switch one's devices on and off; every screen has one of each at most. */
export const switchOf: Record<CaptureKind | 'screen', string> = {
  microphone: 'microphone-switch',
  camera: 'camera-switch',
  screen: 'screen-switch',
};

/** Gives the focus to the button that switches this device, where there is one. */
export function focusSwitch(kind: keyof typeof switchOf): void {
  document.getElementById(switchOf[kind])?.focus();
}
