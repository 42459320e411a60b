/** Who came and who went between two moments, by name; null stands for a name that could not be read. */
export type RosterChange = { joined: (string | null)[]; left: (string | null)[] };

type Named = { id: string; name: string | null };

/** Compares two rosters by id; who merely changed a name neither came nor went. */
export function rosterChange(before: Iterable<Named>, after: Iterable<Named>): RosterChange {
  const [earlier, later] = [[...before], [...after]];
  return { joined: missingFrom(earlier, later), left: missingFrom(later, earlier) };
}

function missingFrom(known: Named[], people: Named[]): (string | null)[] {
  const ids = new Set(known.map(({ id }) => id));
  return people.filter(({ id }) => !ids.has(id)).map(({ name }) => name);
}
