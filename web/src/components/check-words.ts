import type { Finding, FindingName, Standing, Subject } from '../call/check/findings.ts';
import type { Verdict } from '../call/check/verdict.ts';
import * as m from '../paraglide/messages.js';
import { troubleWords } from './trouble-words.ts';

const ways = { 'relay-udp': 'UDP', 'relay-tcp': 'TCP', 'relay-tls': 'TLS' };

/** What a subject is called on the page and in the report. */
export function nameOf(subject: Subject): string {
  switch (subject) {
    case 'camera':
      return m.device_camera();
    case 'microphone':
      return m.device_microphone();
    case 'speaker':
      return m.device_speaker();
    case 'server':
      return m.check_server();
    case 'signaling':
      return m.check_signaling();
    case 'udp':
      return m.check_udp();
    default:
      return m.check_relay({ way: ways[subject] });
  }
}

type Sentence = (filled: { ms: number; way: string }) => string;
const sentences: Record<Exclude<FindingName, 'device-fails'>, Sentence> = {
  waiting: m.check_waiting,
  running: m.check_measuring,
  'camera-fine': m.check_camera_fine,
  'camera-dark': m.check_camera_dark,
  'microphone-asks': m.check_microphone_asks,
  'microphone-quiet': m.check_microphone_quiet,
  'microphone-fine': m.check_microphone_fine,
  'speaker-asks': m.check_speaker_asks,
  'speaker-plays': m.check_speaker_plays,
  'speaker-fine': m.check_speaker_fine,
  'speaker-unheard': m.check_speaker_unheard,
  'speaker-blocked': m.check_speaker_blocked,
  'server-fine': m.check_server_fine,
  'server-slow': m.check_server_slow,
  'server-unreachable': m.check_server_unreachable,
  'server-refuses': m.check_server_refuses,
  'server-busy': m.check_server_busy,
  'server-outdated': m.check_server_outdated,
  'no-server': m.check_no_server,
  'signaling-fine': m.check_signaling_fine,
  'signaling-polling': m.check_signaling_polling,
  'signaling-socket-only': m.check_signaling_socket_only,
  'signaling-none': m.check_signaling_none,
  'udp-fine': m.check_udp_fine,
  'udp-blocked': m.check_udp_blocked,
  'udp-avoided': m.check_udp_avoided,
  'udp-hidden': m.check_udp_hidden,
  'udp-unclear': m.check_udp_unclear,
  'udp-untested': m.check_udp_untested,
  'udp-self-blocked': m.check_udp_self_blocked,
  'relay-fine': m.check_relay_fine,
  'relay-none': m.check_relay_none,
  'relay-other-ways': m.check_relay_other_ways,
  'relay-withheld': m.check_relay_withheld,
  'relay-silent': m.check_relay_silent,
  'relay-blocked': m.check_relay_blocked,
  'relay-refuses': m.check_relay_refuses,
  'relay-full': m.check_relay_full,
  'relay-mute': m.check_relay_mute,
};

/** What was found, and what to do about it. */
export function sentenceFor(subject: Subject, { name, ms = 0, trouble }: Finding): string {
  if (name === 'device-fails')
    return troubleWords[subject === 'microphone' ? 'microphone' : 'camera'][trouble ?? 'failed']();
  if (name === 'relay-silent' && subject === 'relay-tls') return m.check_relay_silent_tls();
  if (name === 'relay-blocked' && subject === 'relay-tls') return m.check_relay_blocked_tls();
  const way = subject in ways ? ways[subject as keyof typeof ways] : '';
  // Less than a millisecond is still some time.
  return sentences[name]({ ms: Math.max(1, Math.round(ms)), way });
}

export const standingWords: Record<Standing, () => string> = {
  waiting: m.check_state_waiting,
  running: m.check_state_running,
  asking: m.check_state_asking,
  good: m.check_state_good,
  limited: m.check_state_limited,
  bad: m.check_state_bad,
  unmeasured: m.check_state_unmeasured,
};

export const verdictWords: Record<Verdict, () => string> = {
  running: m.check_verdict_running,
  'no-server': m.check_verdict_no_server,
  'no-links': m.check_verdict_no_links,
  devices: m.check_verdict_devices,
  asking: m.check_verdict_asking,
  limited: m.check_verdict_limited,
  ready: m.check_verdict_ready,
};
