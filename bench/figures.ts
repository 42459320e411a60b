import { median } from './median.ts';

/** A measurement next to its limit, both from the rounds of one run. */
export type Figure = {
  name: string;
  unit: string;
  /** Medians over the rounds. */
  measured: number;
  limit: number;
  /** What `limit` is, in a few words. */
  limitIs: string;
  /** Median of the ratio within each round; equal to `measured / limit` where the limit is a budget. */
  ratio: number;
  aim: Aim;
  kept: boolean;
  /** Every round as it was measured, for whoever reads the result file. */
  rounds: { measured: number[]; limit: number[] };
};

export type Aim = { ratio: number; better: 'lower' | 'higher' };

export type FigureTitle = Pick<Figure, 'name' | 'unit' | 'limitIs' | 'aim'>;

/** A figure whose limit was measured in the same rounds: pair by pair, so that a busy moment of the machine burdens both. */
export function figureOfRounds(title: FigureTitle, rounds: Figure['rounds']): Figure {
  const ratios = rounds.measured.map((value, round) => value / (rounds.limit[round] ?? Number.NaN));
  return judged(title, median(rounds.measured), median(rounds.limit), median(ratios), rounds);
}

/** A figure that is held against a fixed budget. */
export function figureOfBudget(title: FigureTitle, measured: number, budget: number): Figure {
  const ratio = budget === 0 ? (measured === 0 ? 0 : Number.POSITIVE_INFINITY) : measured / budget;
  return judged(title, measured, budget, ratio, { measured: [measured], limit: [budget] });
}

/**
 * A quantile of the rounds, from 0 to 1, held against a fixed budget: the smallest value that this share of the rounds did not
 * exceed.
 */
export function figureOfQuantile(
  title: FigureTitle,
  rounds: readonly number[],
  quantile: number,
  budget: number,
): Figure {
  const sorted = [...rounds].sort((one, other) => one - other);
  const measured = sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? Number.NaN;
  return {
    ...figureOfBudget(title, measured, budget),
    rounds: { measured: [...rounds], limit: [budget] },
  };
}

function judged(
  title: FigureTitle,
  measured: number,
  limit: number,
  ratio: number,
  rounds: Figure['rounds'],
): Figure {
  const { aim } = title;
  const kept = aim.better === 'lower' ? ratio <= aim.ratio : ratio >= aim.ratio;
  return { ...title, measured, limit, ratio, kept, rounds };
}
