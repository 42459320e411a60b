import type { ChatMessage } from '@confab/protocol';
import type { KeptChat } from './chat-ring.ts';

/** Where chats outlive the process. It holds sealed bytes and what the server itself knows of a message, nothing readable. */
export type ChatStore = {
  /** Every chat that is kept, by meeting id. Asked once, before anything else. */
  load(): Promise<Map<string, KeptChat>>;
  /** Resolves when the message would survive the process; calls for one meeting resolve in their order. Rejects when it cannot be kept. */
  append(meetingId: string, message: ChatMessage): Promise<void>;
  /** Keeps exactly this of a meeting's chat from now on. */
  replace(meetingId: string, chat: KeptChat): Promise<void>;
  /** Keeps nothing of it. */
  remove(meetingId: string): Promise<void>;
  /** Resolves when nothing is being written any more. */
  close(): Promise<void>;
};

/** For a process that keeps its meetings in memory alone. */
export const noChatStore: ChatStore = {
  load: () => Promise.resolve(new Map()),
  append: () => Promise.resolve(),
  replace: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
