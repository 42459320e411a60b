/** Ids of objects; never changed, but replaced, so that whoever looks at them as state hears of it. */
export type Ids = ReadonlySet<string>;

export function idsOf(...groups: Iterable<string>[]): Ids {
  return new Set(groups.flatMap((group) => [...group]));
}
