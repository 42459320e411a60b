import { mount, unmount } from 'svelte';
import type { Call } from '../call/call.svelte.ts';
import FloatingMeeting from './FloatingMeeting.svelte';

/** Newer than the types: a small window of its own that stays above all others (Document Picture-in-Picture). */
type Floating = { requestWindow(size: { width: number; height: number }): Promise<Window> };
const floating = () => (window as { documentPictureInPicture?: Floating }).documentPictureInPicture;

/** Whether this browser can keep the meeting, or at least its largest picture, above other windows. */
export function canPictureInPicture(): boolean {
  return floating() !== undefined || document.pictureInPictureEnabled;
}

/**
 * Shows the meeting in a window above all others, with what one needs at hand; where there is no such window, the largest picture alone,
 * with the buttons that the browser has for it. Once `left` is aborted nothing of either remains. To be called from a click. False if the
 * browser did not do it.
 */
export async function openPictureInPicture(
  call: Call,
  left: AbortSignal,
  onleave: () => void,
): Promise<boolean> {
  try {
    const source = floating();
    if (source) {
      const floatingWindow = await source.requestWindow({ width: 420, height: 320 });
      if (left.aborted) floatingWindow.close();
      else showIn(floatingWindow, call, left, onleave);
    } else await floatPicture(call, left, onleave);
    return true;
  } catch {
    // No click, no picture yet, or forbidden: the menu says so, and the meeting is where it was.
    return false;
  }
}

function showIn(floatingWindow: Window, call: Call, left: AbortSignal, onleave: () => void): void {
  const { document: page } = floatingWindow;
  page.documentElement.lang = document.documentElement.lang;
  page.documentElement.dir = document.documentElement.dir;
  page.title = document.title;
  for (const style of document.querySelectorAll('link[rel="stylesheet"], style'))
    page.head.append(style.cloneNode(true));
  const meeting = mount(FloatingMeeting, {
    target: page.body,
    props: { call, floatingWindow, onleave },
  });
  const close = () => floatingWindow.close();
  left.addEventListener('abort', close);
  const gone = () => {
    left.removeEventListener('abort', close);
    void unmount(meeting);
  };
  floatingWindow.addEventListener('pagehide', gone, { once: true });
}

async function floatPicture(
  { media }: Call,
  left: AbortSignal,
  onleave: () => void,
): Promise<void> {
  const videos = [...document.querySelectorAll('video')].filter(({ videoWidth }) => videoWidth > 0);
  const area = ({ clientWidth, clientHeight }: HTMLVideoElement) => clientWidth * clientHeight;
  const [largest] = videos.sort((one, other) => area(other) - area(one));
  if (!largest) throw new Error('There is no picture.');
  await largest.requestPictureInPicture();
  const close = () => {
    // Refused where it went with the picture already.
    if (document.pictureInPictureElement === largest)
      document.exitPictureInPicture().catch(() => undefined);
    handleActions({ togglemicrophone: null, togglecamera: null, hangup: null });
    left.removeEventListener('abort', close);
  };
  if (left.aborted) {
    close();
    return;
  }
  handleActions({
    togglemicrophone: () => void media.toggleMicrophone(),
    togglecamera: () => void media.toggleCamera(),
    hangup: onleave,
  });
  left.addEventListener('abort', close);
  largest.addEventListener('leavepictureinpicture', close, { once: true });
}

/** The buttons of the browser's own small window; null takes one away. */
function handleActions(actions: Record<string, (() => void) | null>): void {
  for (const [action, run] of Object.entries(actions)) {
    try {
      navigator.mediaSession.setActionHandler(action as MediaSessionAction, run);
    } catch {
      // An action that this browser does not know: its window then has no such button.
      continue;
    }
  }
}
