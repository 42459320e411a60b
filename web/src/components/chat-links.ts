/** A piece of a text: plain, or an address that can be opened. */
export type TextPiece = { text: string; href: string | null };

// Nothing invisible and nothing that turns the text around belongs into an address that people are to read before they follow it. Quotes, and
// the marks of scripts that put no space behind them, are the sentence's: taken for dots, some would make what follows part of the host's name.
const ADDRESS =
  /\bhttps?:\/\/[^\s<>"'`“”„‟‘’‚‛«»‹›…—。｡．，、！？：；（）［］【】「」『』《》〈〉،؛؟\p{C}\p{Z}]+/giu;

/** What ends a sentence rather than an address; a bracket counts only where it closes one of the sentence. */
const TRAILING = /[.,:;!?]+$/u;

/** Cuts a text at the http and https addresses in it. The pieces together are the text. */
export function linkedPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    const href = openable(address);
    if (href === null) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), href: null });
    pieces.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null });
  return pieces;
}

function withoutTrailing(found: string): string {
  const address = found.replace(TRAILING, '');
  const closesSentence = address.endsWith(')') && countOf(')', address) > countOf('(', address);
  return closesSentence ? withoutTrailing(address.slice(0, -1)) : address;
}

const countOf = (mark: string, text: string) => text.split(mark).length - 1;

/** Null for what no browser opens, and for addresses with a name in front of the host, which are there to deceive. */
function openable(address: string): string | null {
  try {
    const { protocol, username, password, href } = new URL(address);
    const isWeb = protocol === 'http:' || protocol === 'https:';
    return isWeb && username === '' && password === '' ? href : null;
  } catch {
    return null;
  }
}
