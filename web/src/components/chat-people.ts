import type { Call } from '../call/call.svelte.ts';
import type { ChatEntry } from '../call/chat-entry.svelte.ts';
import { isolated } from '../call/isolated.ts';
import { distinctName } from '../call/distinct-name.ts';
import * as m from '../paraglide/messages.js';
import { inList } from '../words/list.ts';

/** What to call whoever has this id: by the name they have now, or the one they had, or the one they signed with when nobody here met them. */
export function nameOf(call: Call, id: string, signed: string | null = null): string {
  if (id === call.participantId) return m.you();
  const met = call.participants.get(id)?.name ?? call.names.get(id);
  return met ?? (signed === null ? m.unnamed() : distinctName(signed));
}

/** The author's name; one's own messages are `You`. */
export function authorOf(call: Call, { from, name, isOwn }: ChatEntry): string {
  return isOwn ? m.you() : nameOf(call, from, name);
}

/** Who alone can read it; '' where everybody can. */
export function audienceWords(call: Call, { to, isOwn }: ChatEntry): string {
  if (to === null) return '';
  return isOwn ? m.chat_only_for({ who: isolated(nameOf(call, to)) }) : m.chat_only_you();
}

/** "Ada and Bo". */
export function listed(names: string[]): string {
  return inList(names.map(isolated));
}
