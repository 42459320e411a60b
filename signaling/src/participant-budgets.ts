import { Budget } from './budget.ts';
import type { Allowance } from './budget.ts';

const MAX_REMEMBERED = 20_000;

/** How much of one kind each participant may still do, whichever connection it does it on. */
export class ParticipantBudgets {
  private readonly allowance: Allowance;
  private readonly budgets = new Map<string, Budget>();

  constructor(allowance: Allowance) {
    this.allowance = allowance;
  }

  /** Whether `participantId` may do it once more at `now` (milliseconds). */
  take(participantId: string, now: number): boolean {
    const budget = this.budgets.get(participantId) ?? new Budget(this.allowance, now);
    // The one that was quiet for longest is forgotten first: its budget is full again.
    this.budgets.delete(participantId);
    this.budgets.set(participantId, budget);
    if (this.budgets.size > MAX_REMEMBERED) this.forgetOldest();
    return budget.take(now) === 'granted';
  }

  private forgetOldest(): void {
    const [oldest] = this.budgets.keys();
    if (oldest !== undefined) this.budgets.delete(oldest);
  }
}
