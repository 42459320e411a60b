/** What can stand beside the tiles, one at a time. */
export type PanelName = 'chat' | 'people' | 'settings' | 'board';
