import { perLanguage } from '../words/per-language.ts';
import { formatTag } from '../words/spoken.svelte.ts';

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "12.3 MB", as disks and browsers count: in thousands. */
export function sizeOf(bytes: number): string {
  const step = Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const amount = bytes / 1_000 ** step;
  return new Intl.NumberFormat(formatTag(), {
    style: 'unit',
    unit: sizes[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: amount < 100 && step > 0 ? 1 : 0,
  }).format(amount);
}

const percents = perLanguage((tag) => new Intl.NumberFormat(tag, { style: 'percent' }));

/** "45%". */
export function shareOf(share: number): string {
  return percents().format(Math.floor(share * 100) / 100);
}

const TAIL = 12;

/** A name in two: where there is no room for all of it, the first part is cut, and its ending still seen. */
export function inTwo(name: string): [head: string, tail: string] {
  const points = Array.from(name);
  const at = Math.max(Math.ceil(points.length / 2), points.length - TAIL);
  return [points.slice(0, at).join(''), points.slice(at).join('')];
}
