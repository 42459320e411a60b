import type { Suspicion } from './arrival-watch.ts';
import type { Clock } from './clock.ts';
import { NetworkWatch } from './network-watch.ts';

export type PageLifeListener = {
  /** The page is left, or put aside. */
  onHide: () => void;
  /** Somebody looks at the page again. */
  onLook: () => void;
  /** The network has changed, or the page was put aside for a while: nothing that stood before is certain. */
  onDoubt: (suspicion: Suspicion) => void;
};

/** Watches what happens to the page from outside until the returned function is called. */
export function watchPageLife(
  clock: Clock,
  { onHide, onLook, onDoubt }: PageLifeListener,
): () => void {
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) onDoubt('strong');
  };
  const onVisibility = () => {
    if (document.visibilityState === 'visible') onLook();
  };
  const network = new NetworkWatch(clock, onDoubt);
  addEventListener('pagehide', onHide);
  addEventListener('pageshow', onShow);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    network.close();
    removeEventListener('pagehide', onHide);
    removeEventListener('pageshow', onShow);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
