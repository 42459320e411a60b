import { chatLimits } from './chat-limits.ts';
import type { KeptChat } from './chat-ring.ts';
import type { ChatStore } from './chat-store.ts';
import { MeetingChat } from './meeting-chat.ts';

/** The chats of all meetings, and the bound on what they take together. */
export class Chats {
  private readonly store: ChatStore;
  private readonly limit: number;
  /** The one used longest ago comes first. */
  private readonly chats = new Map<string, MeetingChat>();
  private bytes = 0;

  private constructor(store: ChatStore, limit: number) {
    this.store = store;
    this.limit = limit;
  }

  /** With what the store kept of meetings that still exist; the rest is removed. `limit`: bytes of all chats together. */
  static async open(
    store: ChatStore,
    exists: (meetingId: string) => boolean,
    limit: number = chatLimits.total,
  ): Promise<Chats> {
    const chats = new Chats(store, limit);
    for (const [id, kept] of await store.load()) {
      if (exists(id)) chats.chats.set(id, chats.make(id, kept));
      else await store.remove(id);
    }
    return chats;
  }

  of(meetingId: string): MeetingChat {
    const chat = this.chats.get(meetingId) ?? this.make(meetingId);
    this.chats.delete(meetingId);
    this.chats.set(meetingId, chat);
    return chat;
  }

  /** The meeting is over, and so is its chat. */
  async end(meetingId: string): Promise<void> {
    this.bytes -= this.chats.get(meetingId)?.ring.bytes ?? 0;
    this.chats.delete(meetingId);
    await this.store.remove(meetingId);
  }

  private make(meetingId: string, kept?: KeptChat): MeetingChat {
    const chat = new MeetingChat(meetingId, this.store, (by) => this.grow(by), kept);
    this.bytes += chat.ring.bytes;
    return chat;
  }

  private grow(by: number): void {
    this.bytes += by;
    // Whoever has not chatted for longest loses what was said.
    for (const [id, { ring }] of this.chats) {
      if (this.bytes <= this.limit) return;
      if (ring.bytes === 0) continue;
      this.bytes -= ring.bytes;
      ring.clear();
      // Should the store fail, it holds more than it has to until the next message of that meeting, and nothing is lost.
      this.store.replace(id, ring.kept).catch(() => undefined);
    }
  }
}
