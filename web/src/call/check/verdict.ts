import { type Finding, type Subject, standingOf } from './findings.ts';

/** What all findings together mean for somebody who wants to meet. */
export type Verdict =
  | 'running'
  /** Nothing can be done until the server answers. */
  | 'no-server'
  /** The server cannot be kept in touch with, or no way to the others is open. */
  | 'no-links'
  /** One can meet, but not be seen, be heard or hear. */
  | 'devices'
  /** What is measured works; the rest is for the person to say. */
  | 'asking'
  /** Something works less well than it could. */
  | 'limited'
  | 'ready';

export function verdictOf(found: Record<Subject, Finding>): Verdict {
  const standing = (subject: Subject) => standingOf(found[subject]);
  const all = Object.values(found).map(standingOf);
  if (all.some((one) => one === 'waiting' || one === 'running')) return 'running';
  if (standing('server') === 'bad') return 'no-server';
  if (standing('signaling') === 'bad') return 'no-links';
  const relays = [standing('relay-udp'), standing('relay-tcp'), standing('relay-tls')];
  if (standing('udp') === 'bad' && !relays.includes('good')) return 'no-links';
  const devices = [standing('camera'), standing('microphone'), standing('speaker')];
  if (devices.includes('bad')) return 'devices';
  if (devices.includes('asking')) return 'asking';
  return all.some((one) => one === 'limited' || one === 'bad') ? 'limited' : 'ready';
}
