/** Prints an answer: as JSON for programs where that was asked for, otherwise the lines for people. */
export function print({ json }, answer, lines) {
  console.log(json ? JSON.stringify(answer, null, 2) : [lines].flat().join('\n'));
}

/** Names and what belongs to them, one a line. */
export function pairs(entries) {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

/** Rows below their headings; columns of numbers stand on the right. */
export function table(headings, rows) {
  const all = [headings, ...rows.map((row) => row.map(String))];
  const widths = headings.map((_, at) => Math.max(...all.map((row) => row[at].length)));
  const isNumber = headings.map(
    (_, at) => rows.length > 0 && rows.every((row) => typeof row[at] === 'number'),
  );
  return all.map((row) =>
    row
      .map((cell, at) => (isNumber[at] ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
      .join('  ')
      .trimEnd(),
  );
}
