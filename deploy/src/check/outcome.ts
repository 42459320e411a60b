/** What one look at a deployment found. */
export type Outcome = 'right' | 'wrong' | 'not looked at';

/** One thing that has to be so. `look` answers with a sentence, or throws an Error that is one; a {@link NotLookedAt} where there was no way to know. */
export type Check = { name: string; look: () => Promise<string> };

/** Thrown by a check that could not look, and says why not. */
export class NotLookedAt extends Error {}

/** Looks at everything, one after the other, and prints a line for each. Resolves with how many were wrong. */
export async function lookAtAll(checks: Check[]): Promise<number> {
  const width = Math.max(...checks.map(({ name }) => name.length));
  let wrong = 0;
  for (const { name, look } of checks) {
    const { outcome, sentence } = await outcomeOf(look);
    if (outcome === 'wrong') wrong++;
    console.log(`${marks[outcome]} ${name.padEnd(width)}  ${sentence}`);
  }
  console.log(wrong === 0 ? '\nEverything is as it should be.' : `\n${wrong} wrong.`);
  return wrong;
}

const marks: Record<Outcome, string> = { right: '✓', wrong: '✗', 'not looked at': '–' };

async function outcomeOf(look: Check['look']): Promise<{ outcome: Outcome; sentence: string }> {
  try {
    return { outcome: 'right', sentence: await look() };
  } catch (fault) {
    const outcome = fault instanceof NotLookedAt ? 'not looked at' : 'wrong';
    return { outcome, sentence: sentenceOf(fault) };
  }
}

/** Node says of a failed fetch only that it failed; why is in its cause. */
function sentenceOf(fault: unknown): string {
  const { message, cause } = fault as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
