import { allowances, Budget } from './budget.ts';

const MAX_REMEMBERED = 20_000;

/** How much each participant may still say, whichever connection it says it on. */
export class ChatBudgets {
  private readonly budgets = new Map<string, Budget>();

  /** Whether `participantId` may say one thing more at `now` (milliseconds). */
  take(participantId: string, now: number): boolean {
    const budget = this.budgets.get(participantId) ?? new Budget(allowances.chat, now);
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
