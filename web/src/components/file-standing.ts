import type { Call } from '../call/call.svelte.ts';
import type { SharedFile } from '../call/shared-file.svelte.ts';
import { isolated } from '../call/isolated.ts';
import * as m from '../paraglide/messages.js';
import { authorOf } from './chat-people.ts';
import { sizeOf } from './file-words.ts';

export type FileAction = 'accept' | 'decline' | 'cancel' | 'save';

/** What to say about a file, and what can be done with it now. */
export type FileStanding = { words: string; isTrouble: boolean; actions: FileAction[] };

const failures = {
  altered: m.file_altered,
  unwritable: m.file_unwritable,
  full: m.file_full,
};

/** Whether its owner is here with another page than the one that offered it, which has no such file (R84). */
export function isLost(call: Call, { entry, status }: SharedFile): boolean {
  if (entry.isOwn || status.is === 'here' || status.is === 'saved') return false;
  const owner = call.participants.get(entry.from);
  return owner !== undefined && owner.incarnation !== entry.incarnation;
}

export function fileStanding(call: Call, shared: SharedFile): FileStanding {
  const { entry, status, bytes, offer } = shared;
  if (status.is === 'here') return said('', 'save');
  if (status.is === 'saved') return said(m.file_saved());
  if (entry.isOwn) return ownStanding(shared, entry.from === call.participantId);
  const who = isolated(authorOf(call, entry));
  if (entry.isRemoved) return said(m.file_withdrawn());
  const owner = call.participants.get(entry.from);
  if (owner === undefined) return said(m.file_owner_left({ who }));
  if (isLost(call, shared)) return said(m.file_gone({ who }));
  if (status.is === 'fetching') {
    if (!owner.isReached) return said(m.file_interrupted({ who }), 'cancel');
    return said(m.file_progress({ arrived: sizeOf(bytes), all: sizeOf(offer.size) }), 'cancel');
  }
  if (status.is === 'declined') return said(m.file_declined(), 'accept');
  if (status.is === 'no-room') return trouble(m.file_no_room({ room: sizeOf(status.room) }));
  if (status.is === 'offered') return said('', 'accept', 'decline');
  return status.failure === 'gone'
    ? said(m.file_gone({ who }))
    : trouble(failures[status.failure](), 'accept');
}

/** Of whoever has become another participant nobody gets what the former one offered. */
function ownStanding({ entry, status, offer }: SharedFile, isMine: boolean): FileStanding {
  if (entry.isRemoved) return said(m.file_own_withdrawn());
  if (status.is === 'failed' || (entry.seq !== null && !isMine)) return said(m.file_own_gone());
  // Of an empty file nothing is sent (R85), so nobody tells who has it.
  const words = offer.size === 0 ? m.file_empty() : '';
  return said(words, ...(entry.seq === null ? [] : (['cancel'] as const)));
}

function said(words: string, ...actions: FileAction[]): FileStanding {
  return { words, isTrouble: false, actions };
}

function trouble(words: string, ...actions: FileAction[]): FileStanding {
  return { words, isTrouble: true, actions };
}
