import type { Call } from '../call/call.svelte.ts';

/** Offers files to whom the next message is for. Nothing happens where whoever that was has left, or where files cannot be had now. */
export async function attachFiles(call: Call, list: Iterable<File>): Promise<void> {
  // The list is the browser's own, and empties itself.
  const files = [...list];
  const chat = await call.chat.open();
  const { to } = chat.draft;
  if (files.length === 0 || (to !== null && call.participants.get(to) === undefined)) return;
  const shared = await chat.openFiles();
  await shared.attach(files, to, () =>
    [...call.participants.values()].filter(({ isSelf }) => !isSelf).map(({ id }) => id),
  );
}
