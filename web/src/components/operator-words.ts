import type { NodeReport, RefusalCode } from '@confab/protocol';
import { type Figures, relayed } from '../call/operator/figures.ts';
import * as m from '../paraglide/messages.js';
import { perLanguage } from '../words/per-language.ts';

type Format = (value: number) => string;

const as = (options: Intl.NumberFormatOptions): Format => {
  const format = perLanguage((tag) => new Intl.NumberFormat(tag, options));
  return (value) => format().format(value);
};
const inUnit = (unit: string, maximumFractionDigits = 0) =>
  as({ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits });

const whole = as({ maximumFractionDigits: 0 });
const fine = as({ maximumFractionDigits: 1 });
const percent = as({ style: 'percent', maximumFractionDigits: 0 });
const seconds = inUnit('second');
const milliseconds = inUnit('millisecond', 1);
const megabytes = inUnit('megabyte');
const units: [length: number, format: Format][] = [
  [86_400, inUnit('day')],
  [3_600, inUnit('hour')],
  [60, inUnit('minute')],
  [1, seconds],
];

/** A figure's value as it stands beside its name. */
export const figureWords: Record<keyof Figures, Format> = {
  people: whole,
  reconnecting: whole,
  meetings: whole,
  websocket: whole,
  polling: whole,
  relayed: percent,
  joins: whole,
  signals: fine,
  chat: whole,
  lost: whole,
  refusals: whole,
  delay: milliseconds,
  cpu: percent,
  memory: (bytes) => megabytes(bytes / 1e6),
};

/** What a figure is called. */
export const figureNames: Record<keyof Figures, () => string> = {
  people: m.admin_people,
  reconnecting: m.admin_reconnecting,
  meetings: m.admin_meetings,
  websocket: m.admin_websocket,
  polling: m.admin_polling,
  relayed: m.admin_relayed,
  joins: m.admin_joins,
  signals: m.admin_signals,
  chat: m.admin_chat,
  lost: m.admin_lost,
  refusals: m.admin_refusals,
  delay: m.admin_delay,
  cpu: m.admin_cpu,
  memory: m.admin_memory,
};

/** How much of that is relayed; nothing where there are no links, or nobody has said how they go. */
export function relayedShare(links: NodeReport['links']): string {
  const share = relayed(links);
  return share === null ? '–' : percent(share);
}

/** The two largest units of a length of time in seconds: `2 hr 5 min`. */
export function lengthOfTime(time: number): string {
  const first = units.findIndex(([length]) => time >= length);
  if (first < 0) return seconds(0);
  let rest = time;
  return units
    .slice(first, first + 2)
    .map(([length, format]) => {
      const count = Math.floor(rest / length);
      rest -= count * length;
      return count > 0 ? format(count) : '';
    })
    .filter((text) => text !== '')
    .join(' ');
}

export const standingWords: Record<NodeReport['standing'], () => string> = {
  ready: m.admin_ready,
  draining: m.admin_draining,
  failing: m.admin_failing,
};

/** Why an operator was not let in, or not obeyed. */
export function operatorRefusal(code: RefusalCode): string {
  if (code === 'token-invalid') return m.admin_token_wrong();
  if (code === 'unknown-request') return m.admin_none();
  if (code === 'meeting-not-found') return m.admin_meeting_gone();
  if (code === 'invalid-payload') return m.admin_text_refused();
  return m.admin_failed();
}
