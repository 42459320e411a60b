import { expect, it } from 'vitest';
import { linkedPieces } from './chat-links.ts';

const hrefs = (text: string) => linkedPieces(text).flatMap(({ href }) => href ?? []);

it.each([
  ['see https://example.org/a?b=c#d now', ['https://example.org/a?b=c#d']],
  ['HTTP://EXAMPLE.ORG', ['http://example.org/']],
  ['(https://example.org/a).', ['https://example.org/a']],
  ['https://example.org/a_(b)', ['https://example.org/a_(b)']],
  ['https://a.org, https://b.org!', ['https://a.org/', 'https://b.org/']],
  ['https://müller.de', ['https://xn--mller-kva.de/']],
  ['(see https://example.org/a_(b))', ['https://example.org/a_(b)']],
  ['请看https://example.org/help，谢谢大家。', ['https://example.org/help']],
  ['看https://example.org。然后', ['https://example.org/']],
  ['看https://example.org．evil.example', ['https://example.org/']],
  ['见（https://example.org/a）谢谢', ['https://example.org/a']],
  ['https://example.org/维基', ['https://example.org/%E7%BB%B4%E5%9F%BA']],
  ['انظر https://example.org/a؟', ['https://example.org/a']],
  ['انظر https://example.org/a، ثم', ['https://example.org/a']],
  ['“https://example.org/a”', ['https://example.org/a']],
  ['„https://example.org/a“', ['https://example.org/a']],
  ['«https://example.org/a»', ['https://example.org/a']],
  ['https://example.org/a—then', ['https://example.org/a']],
])('%s links to what it says', (text, links) => {
  expect(hrefs(text)).toEqual(links);
});

it.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'www.example.org',
  'https://bank.example@evil.example/',
  'https://user:password@evil.example/',
  'https://',
  'https://[',
  'xhttps://example.org',
])('%s is no link', (text) => {
  expect(hrefs(text)).toEqual([]);
});

it('an address ends where something invisible or turned around begins', () => {
  expect(hrefs('https://good.example/\u202Emoc.live//')).toEqual(['https://good.example/']);
  expect(hrefs('https://good.example\u200B.evil.example')).toEqual(['https://good.example/']);
});

it.each([
  'no link',
  '',
  'a https://b.org c\nhttps://d.org',
  'https://x:y@z.org and https://ok.org',
])('nothing of %j is lost', (text) => {
  expect(
    linkedPieces(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});
