import type { Figure } from './figures.ts';

/** The figures as aligned lines of text, one per figure, under a heading. */
export function table(figures: readonly Figure[]): string {
  const heading = ['figure', 'measured', 'limit', 'ratio', 'aim', '', 'the limit is'];
  const rows = [heading, ...figures.map(row)];
  const widths = heading.map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? '').length)),
  );
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => align(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return lines.join('\n');
}

function row(figure: Figure): string[] {
  const sign = figure.aim.better === 'lower' ? '≤' : '≥';
  return [
    figure.name,
    amount(figure.measured, figure.unit),
    amount(figure.limit, figure.unit),
    `${figure.ratio.toFixed(2)} ×`,
    `${sign} ${figure.aim.ratio.toFixed(2)} ×`,
    figure.kept ? 'kept' : 'missed',
    figure.limitIs,
  ];
}

function amount(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1;
  const number = value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return unit === '' ? number : `${number} ${unit}`;
}

/** Numbers stand at the right of columns 1 to 4, words at the left. */
function align(cell: string, width: number, column: number): string {
  return column >= 1 && column <= 4 ? cell.padStart(width) : cell.padEnd(width);
}
