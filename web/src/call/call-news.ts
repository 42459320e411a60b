import type { LiveReaction } from '@confab/protocol';
import { Emitter } from '../connection/emitter.ts';
import type { ParticipantView } from '../connection/meeting-events.ts';
import * as m from '../paraglide/messages.js';
import { Announcer, listed } from './announcer.svelte.ts';
import { newlyRaised } from './hands.ts';
import { NOTICED, type Noticed, PassingNotices } from './passing-notices.svelte.ts';
import { ReactionNews } from './reaction-news.ts';
import { rosterChange } from './roster-changes.ts';

/** What happens among the others, for whoever makes sounds of it. */
export type Happenings = Record<
  'joined' | 'left' | 'raised' | 'message' | 'knocked' | 'recorded',
  null
>;

type Known = Pick<ParticipantView, 'id' | 'name' | 'isSelf' | 'hand'>;

/** Whoever comes is connected first, and what tells of it is drawn and heard so much later; milliseconds. */
const TOLD_AFTER_MS = 300;
/** So long after one's own arrival nothing is shown or heard of it: one has just come, and those who come along are connected first; milliseconds. */
const SETTLING_MS = 2_000;
/** Characters of a message that are read out while the chat is closed. */
const MOST_ANNOUNCED = 200;

/** Tells what happens in a meeting: to the ear, to the eye, and to whoever listens. */
export class CallNews {
  readonly announcer = new Announcer();
  readonly notices = new PassingNotices();
  readonly happenings = new Emitter<Happenings>();
  /** Of whom it is known that a host has removed them, until they are gone. */
  readonly removed = new Set<string>();
  readonly #nameOf: (participantId: string) => string | null;
  readonly #settledAt = performance.now() + SETTLING_MS;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #reactions = new ReactionNews((reactions) => this.#tellReactions(reactions));

  /** `nameOf` names people as in a sentence. */
  constructor(nameOf: (participantId: string) => string | null) {
    this.#nameOf = nameOf;
  }

  /** Who came, who went, who was removed, and who put a hand up, between two moments. */
  compare(before: Iterable<Known>, after: Iterable<Known>): void {
    const others = (people: Iterable<Known>) => [...people].filter(({ isSelf }) => !isSelf);
    const [earlier, later] = [others(before), others(after)];
    const raised = newlyRaised(earlier, later).map(({ name }) => name);
    this.#tell({ ...rosterChange(earlier, later, this.removed), raised });
  }

  reacted(participantId: string, emoji: LiveReaction): void {
    this.#reactions.note(participantId, emoji);
  }

  message(who: string, text: string): void {
    this.announcer.say(m.chat_announced({ who, text: text.slice(0, MOST_ANNOUNCED) }));
    this.happenings.emit('message', null);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.announcer.close();
    this.notices.close();
    this.#reactions.close();
  }

  #tell(happened: Noticed): void {
    // To the ear at once: what it is told later must not come before this.
    this.announcer.note(happened);
    const kinds = NOTICED.filter((kind) => happened[kind].length > 0);
    if (kinds.length === 0) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        this.notices.note(happened);
        for (const kind of kinds) this.happenings.emit(kind === 'removed' ? 'left' : kind, null);
      },
      Math.max(TOLD_AFTER_MS, this.#settledAt - performance.now()),
    );
    this.#timers.add(timer);
  }

  #tellReactions(reactions: Map<LiveReaction, Set<string>>): void {
    const who = (ids: Set<string>) => listed([...ids].map((id) => this.#nameOf(id)));
    const sentences = [...reactions].map(([emoji, ids]) =>
      m.announced_reaction({ who: who(ids), emoji }),
    );
    this.announcer.say(sentences.join(' '));
  }
}
