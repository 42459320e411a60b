import { MAX_FILE_NAME } from '@confab/protocol';
import { INVISIBLE } from '../sealing/display-name.ts';

const FALLBACK = 'file';
/** Longest ending that is kept where a name is cut, its dot included. */
const LONGEST_ENDING = 16;

/**
 * A file's name as it may be shown and proposed for saving: without a path, on one line, without what is invisible or turns the text around,
 * without what some system does not allow in names; at most 160 code points, an ending kept.
 */
export function fileName(name: string): string {
  const [last = ''] = name.normalize('NFC').split(/[/\\]/).slice(-1);
  const visible = last
    .replace(/[\p{Zl}\p{Zp}\p{Zs}\p{Cc}]+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/\p{M}{5,}/gu, (marks) => Array.from(marks).slice(0, 4).join(''))
    .replace(/[<>:"|?*]/g, '_')
    .replace(/ +/g, ' ')
    // A leading dot hides a file, a trailing one is lost on Windows.
    .replace(/^[. ]+|[. ]+$/g, '');
  const safe = RESERVED.test(visible) ? `_${visible}` : visible;
  return cut(safe) || FALLBACK;
}

/** What Windows takes for a device, whatever the ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

function cut(name: string): string {
  const points = Array.from(name);
  if (points.length <= MAX_FILE_NAME) return name;
  const dot = points.lastIndexOf('.');
  const ending = points.length - dot <= LONGEST_ENDING ? points.slice(dot) : [];
  return [...points.slice(0, MAX_FILE_NAME - ending.length), ...ending].join('');
}
