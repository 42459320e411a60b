/**
 * Measures two things in turn, `rounds` times each, with the one that goes first changing from round to round: whatever else
 * the machine does meanwhile burdens both alike.
 */
export async function interleaved(
  rounds: number,
  { measured, limit }: Record<'measured' | 'limit', () => Promise<number>>,
): Promise<Record<'measured' | 'limit', number[]>> {
  const values = { measured: [] as number[], limit: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) values.measured.push(await measured());
    values.limit.push(await limit());
    if (round % 2 === 1) values.measured.push(await measured());
    process.stderr.write('.');
  }
  return values;
}
