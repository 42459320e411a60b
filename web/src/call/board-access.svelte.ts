import type { BoardWays } from '../connection/board/board-exchange.ts';
import type { MeetingEvents } from '../connection/meeting-events.ts';
import type { Board } from './board/board.svelte.ts';

/** The meeting's board, which is fetched when somebody opens it. */
export class BoardAccess {
  readonly #ways: BoardWays;
  readonly #present: () => Iterable<string>;
  #board = $state.raw<Board | null>(null);
  #opening: Promise<Board> | null = null;
  /** Channels that others opened before the board was here. */
  readonly #offered: MeetingEvents['board'][] = [];

  /** `present`: the ids of everybody who is here. */
  constructor(ways: BoardWays, present: () => Iterable<string>) {
    this.#ways = ways;
    this.#present = present;
    ways.events.on('board', (offered) => {
      this.#offered.push(offered);
      // What cannot be fetched now is fetched when one opens it oneself.
      this.open().then(
        (board) => this.#takeOffered(board),
        () => undefined,
      );
    });
  }

  /** What others have done on it while one did not look. */
  get news(): Board['news'] | undefined {
    return this.#board?.news;
  }

  /** Fetches the board unless it is there. Rejects where it cannot be had now; the next call tries again. */
  open(): Promise<Board> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  close(): void {
    this.#board?.close();
  }

  #takeOffered(board: Board): void {
    for (const { participantId, channel } of this.#offered.splice(0))
      board.take(participantId, channel);
  }

  async #open(): Promise<Board> {
    const { Board } = await import('./board/board.svelte.ts');
    const board = new Board(this.#ways);
    this.#takeOffered(board);
    board.meet(this.#present());
    this.#board = board;
    return board;
  }
}
