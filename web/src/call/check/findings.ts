import type { MediaTrouble } from '../media-trouble.ts';

const deviceSubjects = ['camera', 'microphone', 'speaker'] as const;
export const networkSubjects = [
  'server',
  'signaling',
  'udp',
  'relay-udp',
  'relay-tcp',
  'relay-tls',
] as const;
export type NetworkSubject = (typeof networkSubjects)[number];

/** What the check looks at, in the order in which it is shown. */
export const subjects = [...deviceSubjects, ...networkSubjects];
export type Subject = (typeof subjects)[number];

/** How a subject stands. `asking`: it needs something of the person. `unmeasured`: there is nothing to measure, which is no fault. */
export type Standing = 'waiting' | 'running' | 'asking' | 'good' | 'limited' | 'bad' | 'unmeasured';

/** Everything that may be found, and what it means for a meeting. Each has a sentence of its own. */
export const findings = {
  waiting: 'waiting',
  running: 'running',

  'camera-fine': 'good',
  'camera-dark': 'limited',
  'microphone-asks': 'asking',
  'microphone-quiet': 'limited',
  'microphone-fine': 'good',
  'device-fails': 'bad',
  'speaker-asks': 'asking',
  'speaker-plays': 'asking',
  'speaker-fine': 'good',
  'speaker-unheard': 'bad',
  'speaker-blocked': 'bad',

  'server-fine': 'good',
  'server-slow': 'limited',
  'server-unreachable': 'bad',
  'server-refuses': 'bad',
  'server-busy': 'limited',
  'server-outdated': 'bad',
  'no-server': 'unmeasured',

  'signaling-fine': 'good',
  'signaling-polling': 'limited',
  'signaling-socket-only': 'good',
  'signaling-none': 'bad',

  'udp-fine': 'good',
  'udp-blocked': 'bad',
  'udp-avoided': 'limited',
  'udp-hidden': 'bad',
  'udp-unclear': 'limited',
  'udp-untested': 'unmeasured',
  'udp-self-blocked': 'limited',

  'relay-fine': 'good',
  'relay-none': 'unmeasured',
  'relay-other-ways': 'unmeasured',
  'relay-withheld': 'unmeasured',
  'relay-silent': 'bad',
  'relay-blocked': 'limited',
  'relay-refuses': 'bad',
  'relay-full': 'limited',
  'relay-mute': 'bad',
} as const satisfies Record<string, Standing>;
export type FindingName = keyof typeof findings;

/** What was found about one subject. */
export type Finding = {
  name: FindingName;
  /** Milliseconds there and back, where that was measured. */
  ms?: number;
  /** Behind `device-fails`. */
  trouble?: MediaTrouble;
  /** Device names and network addresses, for the report of who wants them in it. */
  details?: string[];
};

export function standingOf(finding: Finding): Standing {
  return findings[finding.name];
}
