import { MAX_CHAT_TEXT } from '@confab/protocol';

/** A text as it may stand in the chat: well-formed, its lines ended alike, without control characters. '' if nothing is left to see. */
export function chatText(typed: string): string {
  return wellFormed(typed)
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(CONTROLS, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .replace(/^\s*\n|\s+$/g, '')
    .replace(NOTHING_TO_SEE, '');
}

/** Code points by which `text` is longer than a message may be; 0 while it fits. */
export function tooLongBy(text: string): number {
  return Math.max(0, Array.from(text).length - MAX_CHAT_TEXT);
}

// `toWellFormed` is younger than some browsers that can hold a meeting.
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

const CONTROLS = /(?![\n\t])\p{Cc}/gu;

const NOTHING_TO_SEE = /^[\s\p{Cf}\u115F\u1160\u2800\u3164\uFFA0]+$/u;
