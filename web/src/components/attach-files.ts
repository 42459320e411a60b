import type { Call } from '../call/call.svelte.ts';
import * as m from '../paraglide/messages.js';
import { nameOf, placed } from './chat-people.ts';

/** Offers files to whom the next message is for; where whoever that was has left, it is said that nobody gets them. Throws where files cannot be had now. */
export async function attachFiles(call: Call, list: Iterable<File>): Promise<void> {
  // The list is the browser's own, and empties itself.
  const files = [...list];
  const chat = await call.chat.open();
  const { to } = chat.draft;
  if (files.length === 0) return;
  if (to !== null && call.participants.get(to) === undefined) {
    call.announcer.say(m.chat_gone({ who: placed(nameOf(call, to)) }));
    return;
  }
  const shared = await chat.openFiles();
  await shared.attach(files, to, () =>
    [...call.participants.values()].filter(({ isSelf }) => !isSelf).map(({ id }) => id),
  );
}
