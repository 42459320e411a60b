import { describe, expect, test } from 'vitest';
import {
  formatMeetingLink,
  hostOfMeetingLink,
  makeSecret,
  parseMeetingLink,
} from './meeting-link.ts';

const id = 'ICEiIyQlJicoKSorLC0uLw';
const secret = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const origin = 'https://meet.example';

test('a secret is 32 random bytes', () => {
  const secrets = Array.from({ length: 100 }, () => makeSecret());
  for (const one of secrets) expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(new Set(secrets).size).toBe(100);
  expect(parseMeetingLink(formatMeetingLink(origin, id, makeSecret()))?.secret).not.toBeNull();
});

test('R105 an invitation may follow the secret', () => {
  const invitation = 'eyJh.eyJi-_.c2ln';
  const link = formatMeetingLink(origin, id, secret, invitation);
  expect(link).toBe(`${origin}/m/${id}#${secret}.${invitation}`);
  for (const text of [link, `Join: ${link}.`, `<${link}>`, link.replace('#', '%23')])
    expect(parseMeetingLink(text)).toEqual({ meetingId: id, secret, invitation });
  for (const cut of [`${secret}.`, `${secret}.eyJh`, `${secret}.eyJh.eyJi`])
    expect(parseMeetingLink(`${origin}/m/${id}#${cut}`)).toEqual({ meetingId: id, secret });
});

describe('what people paste', () => {
  test.each([
    ['the link', `${origin}/m/${id}#${secret}`],
    ['the link with space around it', `  ${origin}/m/${id}#${secret}\n`],
    ['the link with a slash', `${origin}/m/${id}/#${secret}`],
    ['the link with a query', `${origin}/m/${id}?from=calendar#${secret}`],
    ['path and fragment', `/m/${id}#${secret}`],
    ['id and secret', `${id}#${secret}`],
    ['the link without its scheme', `meet.example/m/${id}#${secret}`],
    ['the link without its protocol', `//meet.example/m/${id}#${secret}`],
    ['the link in a sentence', `Join: ${origin}/m/${id}#${secret}.`],
    ['the link in angle brackets', `<${origin}/m/${id}#${secret}>`],
    ['the link with an escaped fragment', `${origin}/m/${id}%23${secret}`],
    [
      'the link with other letters and the usual port',
      `HTTPS://Meet.Example:443/m/${id}#${secret}`,
    ],
  ])('%s', (_name, text) => {
    expect(parseMeetingLink(text)).toEqual({ meetingId: id, secret });
    expect(parseMeetingLink(text, origin)).toEqual({ meetingId: id, secret });
  });

  test.each([
    ['the id alone', id],
    ['the link without its fragment', `${origin}/m/${id}`],
    ['a fragment that was cut', `${origin}/m/${id}#${secret.slice(0, -1)}`],
    ['a fragment that was lengthened', `${origin}/m/${id}#${secret}A`],
    ['a fragment with stray bits', `${origin}/m/${id}#${secret.slice(0, -1)}9`],
    ['an empty fragment', `${origin}/m/${id}#`],
  ])('without a secret: %s', (_name, text) => {
    expect(parseMeetingLink(text)).toEqual({ meetingId: id, secret: null });
  });

  test.each([
    ['nothing', ''],
    ['a word', 'hello'],
    ['another page', `${origin}/check`],
    ['a meeting without an id', `${origin}/m/`],
    ['an id that was cut', `${origin}/m/${id.slice(1)}#${secret}`],
    ['an id with stray bits', `${origin}/m/${id.slice(0, -1)}x#${secret}`],
    ['a script', `javascript:alert(1)//m/${id}`],
    ['a deeper path', `${origin}/x/m/${id}#${secret}`],
    ['no host', `https:///m/${id}#${secret}`],
    ['an impossible host', `https://a:b:c/m/${id}#${secret}`],
    ['a longer word', `${id}${id}#${secret}`],
  ])('not a meeting: %s', (_name, text) => {
    expect(parseMeetingLink(text)).toBeNull();
  });

  test('another server’s link is not one of ours', () => {
    expect(parseMeetingLink(`https://other.example/m/${id}#${secret}`, origin)).toBeNull();
  });

  test('a link says whose it is, if it does', () => {
    expect(hostOfMeetingLink(`https://other.example:8443/m/${id}#${secret}`)).toBe(
      'other.example:8443',
    );
    expect(hostOfMeetingLink(`//other.example/m/${id}`)).toBe('other.example');
    expect(hostOfMeetingLink(id)).toBeNull();
    expect(hostOfMeetingLink('hello')).toBeNull();
  });
});
