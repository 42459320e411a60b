import type { Call } from '../call/call.svelte.ts';
import * as m from '../paraglide/messages.js';
import { isBroken } from './chat-gaps.ts';
import { audienceWords, authorOf } from './chat-people.ts';
import { momentOf } from './chat-times.ts';

/** Gives the reader the chat as a file. It is made in this page and sent nowhere. */
export function saveChat(call: Call): void {
  const address = URL.createObjectURL(new Blob([chatAsText(call)], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${m.chat_export_name()}-${new Date().toISOString().slice(0, 10)}.txt`;
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
      const author = authorOf(call, entry) + (audience && ` (${audience})`);
      // A line of its own could pass for what somebody else said.
      return `${missing}[${momentOf(entry.at ?? 0)}] ${author}: ${entry.text.replaceAll('\n', '\n    ')}\n`;
    })
    .join('');
}
