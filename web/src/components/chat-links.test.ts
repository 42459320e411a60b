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
