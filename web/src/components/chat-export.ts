import type { Call } from '../call/call.svelte.ts';
import * as m from '../paraglide/messages.js';
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
  const said = call.chat.opened.entries.filter(({ at, isRemoved }) => at !== null && !isRemoved);
  return said
    .map((entry) => {
      const audience = audienceWords(call, entry);
      const author = authorOf(call, entry) + (audience && ` (${audience})`);
      // A line of its own could pass for what somebody else said.
      return `[${momentOf(entry.at ?? 0)}] ${author}: ${entry.text.replaceAll('\n', '\n    ')}\n`;
    })
    .join('');
}
