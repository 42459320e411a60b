import type { Call } from '../call/call.svelte.ts';
import { isolated } from '../call/isolated.ts';
import { pictureIn } from '../call/picture-kind.ts';
import { fileName } from '../connection/files/file-name.ts';
import * as m from '../paraglide/messages.js';
import { listed, nameOf } from './chat-people.ts';

/** Offers files to whom the next message is for; where whoever that was has left, it is said that nobody gets them. Throws where files cannot be had now. */
export async function attachFiles(call: Call, list: Iterable<File>): Promise<void> {
  // The list is the browser's own, and empties itself.
  const files = [...list];
  const chat = await call.chat.open();
  const { to } = chat.draft;
  if (files.length === 0) return;
  if (to !== null && call.participants.get(to) === undefined) {
    call.announcer.say(m.chat_gone({ who: isolated(nameOf(call, to)) }));
    return;
  }
  const shared = await chat.openFiles();
  await shared.attach(files, to, () =>
    [...call.participants.values()].filter(({ isSelf }) => !isSelf).map(({ id }) => id),
  );
}

/**
 * Takes what is pasted or dropped: a picture waits beside the words until they are sent, everything else is offered at once. Throws where
 * that cannot be done now.
 */
export async function takeFiles(call: Call, list: Iterable<File>): Promise<void> {
  const files = await Promise.all([...list].map(kindOf));
  const pictures = files.filter(({ type }) => type !== '');
  const others = files.filter(({ type }) => type === '').map(({ file }) => file);
  const chat = await call.chat.open();
  // Before the pictures are there: whoever tries again must not find them twice.
  if (others.length > 0) await chat.openFiles();
  chat.draft.pictures.add(pictures);
  const names = listed(pictures.map(({ file }) => fileName(file.name)));
  if (pictures.length > 0) call.announcer.say(m.chat_unsent_pictures({ names }));
  await attachFiles(call, others);
}

/** '' for what is no picture, and for what cannot be read, which is told when it is offered. */
async function kindOf(file: File): Promise<{ file: File; type: string }> {
  const kind = await pictureIn(file).catch(() => null);
  return { file, type: kind?.type ?? '' };
}
