type Handed = { id: string; hand: number | null };

/** Who has a hand up, first raised first (R57); one's own that the server has not placed yet comes last. */
export function inOrder<One extends { hand: number | null; isHandUp: boolean }>(
  people: Iterable<One>,
): One[] {
  const place = ({ hand }: One) => hand ?? Infinity;
  return [...people]
    .filter(({ isHandUp }) => isHandUp)
    .sort((one, other) => place(one) - place(other) || 0);
}

/** Which of the people have put their hand up between two moments. */
export function newlyRaised<One extends Handed>(
  before: Iterable<Handed>,
  after: Iterable<One>,
): One[] {
  const known = new Map([...before].map((one) => [one.id, one.hand]));
  return [...after].filter(({ id, hand }) => hand !== null && known.get(id) === null);
}
