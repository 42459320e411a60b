import type { CaptureKind } from '../call/device-taking.ts';
import type { MediaTrouble } from '../call/media-trouble.ts';
import * as m from '../paraglide/messages.js';

const ofEither = {
  insecure: m.problem_insecure_text,
  unblurred: m.trouble_camera_unblurred,
};

/** Why a microphone or camera does not work, and what to do. */
export const troubleWords: Record<CaptureKind, Record<MediaTrouble, () => string>> = {
  microphone: {
    denied: m.trouble_microphone_denied,
    'in-use': m.trouble_microphone_in_use,
    none: m.trouble_microphone_none,
    unplugged: m.trouble_microphone_unplugged,
    stopped: m.trouble_microphone_stopped,
    silent: m.trouble_microphone_silent,
    failed: m.trouble_microphone_failed,
    unsupported: m.trouble_microphone_unsupported,
    ...ofEither,
  },
  camera: {
    denied: m.trouble_camera_denied,
    'in-use': m.trouble_camera_in_use,
    none: m.trouble_camera_none,
    unplugged: m.trouble_camera_unplugged,
    stopped: m.trouble_camera_stopped,
    silent: m.trouble_camera_silent,
    failed: m.trouble_camera_failed,
    unsupported: m.trouble_camera_unsupported,
    ...ofEither,
  },
};
