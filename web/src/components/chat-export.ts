import type { Call } from '../call/call.svelte.ts';
import type { ChatEntry } from '../call/chat-entry.svelte.ts';
import { isolated } from '../call/isolated.ts';
import * as m from '../paraglide/messages.js';
import { isBroken } from './chat-gaps.ts';
import { audienceWords, authorOf } from './chat-people.ts';
import { momentOf } from './chat-times.ts';

/** Of a message that is answered, so many characters are quoted. */
const QUOTED = 80;

/** Gives the reader the chat as a file. It is made in this page and sent nowhere. */
export function saveChat(call: Call): void {
  const address = URL.createObjectURL(new Blob([chatAsText(call)], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${m.chat_export_name()}-${today()}.txt`;
  link.click();
  // The browser may still be reading it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The chat as this reader has it, as lines of text. What was deleted stays out. */
function chatAsText(call: Call): string {
  const { entries, gaps } = call.chat.opened;
  const said = entries.filter(({ at, isRemoved }) => at !== null && !isRemoved);
  return said
    .map((entry, index) => {
      const missing = isBroken(gaps, said[index - 1], entry) ? `[${m.chat_missing()}]\n` : '';
      const audience = audienceWords(call, entry);
      const author = signed(call, entry) + (audience && ` (${audience})`);
      // A line of its own could pass for what somebody else said.
      const words = `${answered(call, entry)}${entry.text}`.replaceAll('\n', '\n    ');
      return `${missing}[${momentOf(entry.at ?? 0)}] ${author}: ${words}\n`;
    })
    .join('');
}

/** By name, oneself too: whoever else reads the file does not know who "you" is. */
function signed(call: Call, entry: ChatEntry): string {
  const { isOwn, name } = entry;
  return isOwn && name !== null ? m.you_named({ name: isolated(name) }) : authorOf(call, entry);
}

/** The beginning of what it answers, as a line before it. */
function answered(call: Call, { replyTo }: ChatEntry): string {
  if (replyTo === null) return '';
  const quoted = call.chat.opened.find(replyTo);
  if (!quoted || quoted.isRemoved) return `↳ ${m.chat_reply_missing()}\n`;
  const words = Array.from(quoted.text.replaceAll('\n', ' '));
  const cut = words.length > QUOTED ? `${words.slice(0, QUOTED).join('')}…` : words.join('');
  return `↳ ${signed(call, quoted)}: ${cut}\n`;
}

/** The reader's own day, as files are sorted by. */
function today(): string {
  const now = new Date();
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) =>
    `${part}`.padStart(2, '0'),
  );
  return `${now.getFullYear()}-${month}-${day}`;
}
