import type { Emitter } from '../connection/emitter.ts';
import type { Happenings } from './call-news.ts';

/** A sound of each kind again after this long at the soonest, so that ten arrivals are not ten sounds; milliseconds. */
const REST_MS = 1_500;

/** Plays a short tone for what happens among the others. Returns what ends it. */
export function playSounds(
  happenings: Emitter<Happenings>,
  choice: { readonly isOn: boolean },
): () => void {
  const playedAt = new Map<keyof Happenings, number>();
  const play = (kind: keyof Happenings) => {
    const now = performance.now();
    if (!choice.isOn || now - (playedAt.get(kind) ?? -Infinity) < REST_MS) return;
    playedAt.set(kind, now);
    // A sound that cannot be fetched now is no loss.
    import('./tones.ts').then(
      ({ playTone }) => playTone(kind),
      () => undefined,
    );
  };
  const kinds = ['joined', 'left', 'raised', 'message', 'knocked', 'recorded'] as const;
  const closers = kinds.map((kind) => happenings.on(kind, () => play(kind)));
  return () => {
    for (const close of closers) close();
  };
}
