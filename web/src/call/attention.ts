import type { LocalMedia } from './local-media.svelte.ts';

/** For this long a page is hidden before its person counts as away; milliseconds. */
const AWAY_AFTER_MS = 60_000;

type Watched = Pick<LocalMedia, 'changes' | 'state'>;

/**
 * Tells when nobody looks at the page any more, and when somebody does again (R59). Whoever can be heard, shows a screen, or watches in a picture of its own, is here
 * wherever they look. Returns what ends the watching.
 */
export function watchAttention(media: Watched, onChange: (isAway: boolean) => void): () => void {
  const watching = new AbortController();
  let isAway = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function become(away: boolean) {
    if (away !== isAway) onChange(away);
    isAway = away;
  }

  function look() {
    clearTimeout(timer);
    if (document.visibilityState === 'visible' || media.state.microphone || media.state.screen)
      become(false);
    else if (!isAway) timer = setTimeout(conclude, AWAY_AFTER_MS);
  }

  function conclude() {
    if (isInPicture()) look();
    else become(true);
  }

  look();
  document.addEventListener('visibilitychange', look, { signal: watching.signal });
  const stopListening = media.changes.on('state', look);
  return () => {
    watching.abort();
    stopListening();
    clearTimeout(timer);
  };
}

function isInPicture(): boolean {
  const { documentPictureInPicture: own } = window as {
    documentPictureInPicture?: { window: Window | null };
  };
  return document.pictureInPictureElement !== null || (own?.window ?? null) !== null;
}
