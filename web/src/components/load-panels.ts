/** Fetches a panel: at the latest when it is opened, better while the server is there. */
export const loadPanel = {
  chat: () => import('./ChatPanel.svelte'),
  people: () => import('./PeoplePanel.svelte'),
  settings: () => import('./SettingsPanel.svelte'),
};

/** Fetches all of them ahead, once nothing more urgent is to be done; they then open without the server, too. */
export function prefetchPanels(): () => void {
  // What cannot be had now is fetched again, and its absence told, when the panel is opened.
  const timer = setTimeout(() => {
    for (const load of Object.values(loadPanel)) load().catch(() => undefined);
  }, AFTER_MS);
  return () => clearTimeout(timer);
}

const AFTER_MS = 8_000;
