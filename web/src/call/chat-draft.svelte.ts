import { chatText, tooLongBy } from '../connection/chat-text.ts';
import type { Chat } from './chat.svelte.ts';
import type { ChatEntry } from './chat-entry.svelte.ts';
import { type DraftPicture, DraftPictures } from './draft-pictures.svelte.ts';

/** What one is about to say; it stays when the chat is closed and opened again. */
export class ChatDraft {
  readonly #chat: Chat;
  readonly pictures = new DraftPictures();
  text = $state('');
  /** A participant's id; null for everybody. */
  to = $state<string | null>(null);
  #replyTo = $state.raw<ChatEntry | null>(null);
  #editing = $state.raw<ChatEntry | null>(null);
  /** What one was writing before one began to edit. */
  #aside = '';

  constructor(chat: Chat) {
    this.#chat = chat;
  }

  get replyTo(): ChatEntry | null {
    return this.#replyTo;
  }

  get editing(): ChatEntry | null {
    return this.#editing;
  }

  /** Code points by which it is too long. */
  get excess(): number {
    return tooLongBy(chatText(this.text));
  }

  get canBeSent(): boolean {
    const isThere = chatText(this.text) !== '' || (!this.#editing && this.pictures.all.length > 0);
    return isThere && this.excess === 0;
  }

  /** What is said next answers this message; an answer to a private one stays private. */
  reply(entry: ChatEntry): void {
    this.cancel();
    this.#replyTo = entry;
    if (entry.to !== null) this.to = entry.isOwn ? entry.to : entry.from;
  }

  /** What is sent next replaces this message's text; what one was writing comes back afterwards. */
  edit(entry: ChatEntry): void {
    if (!this.#editing) this.#aside = this.text;
    this.#replyTo = null;
    this.#editing = entry;
    this.text = entry.text;
  }

  /** Neither answers nor edits any more. */
  cancel(): void {
    if (this.#editing) this.text = this.#aside;
    this.#editing = null;
    this.#replyTo = null;
  }

  /** Says the words. The pictures beside them are for the caller to send after them; they stay here while one edits. */
  send(): readonly DraftPicture[] {
    if (!this.canBeSent) return [];
    const text = chatText(this.text);
    if (this.#editing) {
      if (text !== this.#editing.text) this.#chat.edit(this.#editing, text);
      this.cancel();
      return [];
    }
    if (text !== '') this.#chat.say(text, this.to, this.#replyTo?.ref);
    this.text = '';
    this.cancel();
    return this.pictures.take();
  }
}
