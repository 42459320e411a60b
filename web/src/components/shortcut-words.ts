import * as m from '../paraglide/messages.js';

/** What single keys do in a meeting, in words, as the help lists them. */
export const shortcutWords: [key: string, meaning: () => string][] = [
  ['M', m.shortcut_microphone],
  ['V', m.shortcut_camera],
  ['S', m.shortcut_share],
  ['H', m.shortcut_hand],
  ['C', m.shortcut_chat],
  ['P', m.shortcut_people],
  ['L', m.shortcut_layout],
  ['?', m.shortcut_help],
];
