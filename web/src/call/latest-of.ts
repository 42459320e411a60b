/** Of all that have the same key the one with the highest `seq`, in the order in which the keys first come. */
export function latestOf<One extends { seq: number }>(
  all: readonly One[],
  keyOf: (one: One) => string,
): One[] {
  const latest = new Map<string, One>();
  for (const one of all) {
    const key = keyOf(one);
    if ((latest.get(key)?.seq ?? -Infinity) <= one.seq) latest.set(key, one);
  }
  return [...latest.values()];
}
