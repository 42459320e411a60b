type Placed = { seq: number | null };

/**
 * Whether messages may be missing between two that follow one another (R43); `undefined` is the chat's beginning, or its end. What is still
 * on its way stands behind everything.
 */
export function isBroken(gaps: number[], before: Placed | undefined, next: Placed | undefined) {
  const from = before === undefined ? 0 : (before.seq ?? Infinity);
  const to = next?.seq ?? Infinity;
  return gaps.some((upTo) => from < upTo && upTo < to);
}
