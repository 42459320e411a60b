// Says where others find this server: an address to read and a code to scan.

const MARGIN = 2;

/** `text` as lines of half blocks that phones read off a terminal: light squares are drawn, dark ones left out. */
export async function terminalCode(text, { colours }) {
  const { default: encodeQR } = await import('qr');
  const rows = encodeQR(text, 'raw', { border: MARGIN });
  const lines = [];
  for (let y = 0; y < rows.length; y += 2) {
    const line = rows[y].map((isDark, x) => {
      const below = rows[y + 1]?.[x] ?? true;
      return isDark ? (below ? ' ' : '▄') : below ? '▀' : '█';
    });
    lines.push(line.join(''));
  }
  // White on black whatever the terminal's own colours are.
  return lines.map((line) => (colours ? `\u001B[97;40m${line}\u001B[0m` : line)).join('\n');
}

/** What `npm start` says about the way in from other devices. The first of `urls` gets the code. */
export async function announcement(urls, { isSelfMade, colours }) {
  const [first, ...others] = urls;
  if (first === undefined) return 'This computer is in no network, so nobody else can get here.\n';
  return [
    '',
    await terminalCode(first, { colours }),
    '',
    `From a phone or another computer in your network: ${first}`,
    ...others.map((url) => `or: ${url}`),
    ...(isSelfMade
      ? ['The certificate is self-made: each browser warns once, and goes on when you say so.']
      : []),
    `Open that address here too, so that the links you send lead there.`,
    '',
  ].join('\n');
}
