type Names = (string | null)[];

/** Who came, who went, and who was removed by a host between two moments, by name; null stands for a name that could not be read. */
export type RosterChange = { joined: Names; left: Names; removed: Names };

type Named = { id: string; name: string | null };

/** Compares two rosters by id; who merely changed a name neither came nor went. Whoever is gone is taken out of `removed`: they may come and go again. */
export function rosterChange(
  before: Iterable<Named>,
  after: Iterable<Named>,
  removed: Set<string>,
): RosterChange {
  const [earlier, later] = [[...before], [...after]];
  const joined = missingFrom(earlier, later).map(({ name }) => name);
  const change: RosterChange = { joined, left: [], removed: [] };
  for (const { id, name } of missingFrom(later, earlier))
    change[removed.delete(id) ? 'removed' : 'left'].push(name);
  return change;
}

function missingFrom(known: Named[], people: Named[]): Named[] {
  const ids = new Set(known.map(({ id }) => id));
  return people.filter(({ id }) => !ids.has(id));
}
