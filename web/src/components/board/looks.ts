import * as m from '../../paraglide/messages.js';

/** What the board's colours look like, and what they are called: for ink, and for the paper of a note. */
export const COLORS = [
  { ink: '#1c1b22', paper: '#fbe38e', name: m.board_black },
  { ink: '#c0362c', paper: '#f9c9c3', name: m.board_red },
  { ink: '#b9650a', paper: '#fbd5a5', name: m.board_orange },
  { ink: '#1d7a4c', paper: '#c5e8c9', name: m.board_green },
  { ink: '#2260c4', paper: '#c5ddf8', name: m.board_blue },
  { ink: '#7b3db3', paper: '#e0cff5', name: m.board_purple },
] as const;

/** A note of the first colour is yellow: nobody wants black ones. */
export function paperName(color: number): string {
  return color === 0 ? m.board_yellow() : (COLORS[color] ?? COLORS[0]).name();
}

/** How thick the pen draws, in units. */
export const PEN_WIDTHS = [4, 8, 16];
export const WIDTH_NAMES = [m.board_thin, m.board_medium, m.board_thick];

export const BOARD_PAPER = '#ffffff';
