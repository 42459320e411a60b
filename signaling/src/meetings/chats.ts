import { chatLimits } from './chat-limits.ts';
import { MeetingChat } from './meeting-chat.ts';
import type { MeetingStore } from './meeting-store.ts';
import type { ChatRecord } from './records.ts';

/** The chats of all meetings, and the bound on what they take together (R43). */
export class Chats {
  private readonly store: MeetingStore;
  private readonly limit: number;
  /** The one used longest ago comes first. */
  private readonly chats = new Map<string, MeetingChat>();
  private bytes = 0;

  /** `limit`: bytes of all chats together. */
  constructor(store: MeetingStore, limit: number = chatLimits.total) {
    this.store = store;
    this.limit = limit;
  }

  of(meetingId: string): MeetingChat {
    const chat = this.chats.get(meetingId) ?? this.make(meetingId);
    this.chats.delete(meetingId);
    this.chats.set(meetingId, chat);
    return chat;
  }

  /** Takes up one thing that was kept, in the order of its key. */
  restore(meetingId: string, record: ChatRecord): void {
    this.of(meetingId).restore(record);
  }

  /** Keeps the chats of these meetings alone. */
  keepOnly(exists: (meetingId: string) => boolean): void {
    for (const id of [...this.chats.keys()]) if (!exists(id)) this.end(id);
  }

  /**
   * People meet where nobody was: what was said among others, long ago, is not for them. `leftAt`: when the last of the others left; null where
   * that one was lost, and may come back. Milliseconds since 1970.
   */
  begin(meetingId: string, at: number, leftAt: number | null): void {
    const chat = this.chats.get(meetingId);
    if (chat === undefined) return;
    const wasLeft = leftAt !== null && leftAt < at - chatLimits.afterLeaving;
    if (wasLeft || chat.saidAt < at - chatLimits.between) chat.clear();
  }

  /** The meeting is over, and so is its chat. */
  end(meetingId: string): void {
    this.chats.get(meetingId)?.end();
    this.chats.delete(meetingId);
  }

  /** Another node has the meeting, and its chat. */
  letGo(meetingId: string): void {
    this.chats.get(meetingId)?.letGo();
    this.chats.delete(meetingId);
  }

  /** Keeps one meeting's chat once more; answers with the keys. */
  keepAll(meetingId: string): string[] {
    return this.chats.get(meetingId)?.keepAll() ?? [];
  }

  private make(meetingId: string): MeetingChat {
    const { store } = this;
    return new MeetingChat(meetingId, { store, onGrowth: (bytes) => this.grow(bytes) });
  }

  private grow(bytes: number): void {
    this.bytes += bytes;
    // Whoever has not chatted for longest loses what was said.
    for (const chat of this.chats.values()) {
      if (this.bytes <= this.limit) return;
      if (chat.bytes > 0) chat.clear();
    }
  }
}
