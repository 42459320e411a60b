import { vi } from 'vitest';

/** In place of the real one, which wants a browser's sound: `vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'))`. */
export class LevelMeter {
  readonly measure = vi.fn();
  readonly close = vi.fn();
}
