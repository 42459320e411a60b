/** Fetches the chat's panel: at the latest when it is opened, better while the server is there. */
export function loadChatPanel() {
  return import('./ChatPanel.svelte');
}

/** Fetches it ahead, once nothing more urgent is to be done; the panel then opens without the server, too. */
export function prefetchChatPanel(): () => void {
  // What cannot be had now is fetched again, and its absence told, when the panel is opened.
  const timer = setTimeout(() => void loadChatPanel().catch(() => undefined), AFTER_MS);
  return () => clearTimeout(timer);
}

const AFTER_MS = 8_000;
