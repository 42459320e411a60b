/** Fetches a part of the meeting's screen that not every meeting comes to show: at the latest when it is wanted. */
export const loadPart = {
  chat: () => import('./ChatPanel.svelte'),
  drop: () => import('./DropZone.svelte'),
  panels: () => import('./Panels.svelte'),
  people: () => import('./PeoplePanel.svelte'),
  settings: () => import('./SettingsPanel.svelte'),
  screen: () => import('./ScreenTile.svelte'),
  sharing: () => import('./ShareBar.svelte'),
  shield: () => import('./ShieldDetails.svelte'),
  layout: () => import('./LayoutChoices.svelte'),
  hostNews: () => import('./HostNews.svelte'),
  mutedHint: () => import('./MutedHint.svelte'),
  attacks: () => import('./AttackAlerts.svelte'),
  notices: () => import('./PassingNotices.svelte'),
  floating: () => import('./FloatingReactions.svelte'),
  reactions: () => import('./ReactionPicker.svelte'),
  help: () => import('./ShortcutHelp.svelte'),
};
