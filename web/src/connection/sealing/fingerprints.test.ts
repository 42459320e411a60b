import { describe, expect, test } from 'vitest';
import { isPinnedTo } from './fingerprints.ts';

const mine = Array.from({ length: 32 }, (_, index) =>
  (index + 160).toString(16).toUpperCase(),
).join(':');
const other = mine.replace(/.$/, '0');
const line = (value = mine, hash = 'sha-256') => `a=fingerprint:${hash} ${value}`;
const sdp = (...lines: string[]) => ['v=0', 's=-', ...lines, ''].join('\r\n');
const media = 'm=audio 9 UDP/TLS/RTP/SAVPF 111';

describe('R26 pinned', () => {
  test.each([
    ['at session level', sdp(line(), media)],
    ['in a section', sdp(media, line())],
    ['in both', sdp(line(), media, line(), 'm=video 9 UDP/TLS/RTP/SAVPF 96', line())],
    ['with the hash’s name in capitals', sdp(media, line(mine, 'SHA-256'))],
    ['in small letters', sdp(media, line(mine.toLowerCase()))],
    ['with bare line feeds', sdp(media, line()).replaceAll('\r\n', '\n')],
  ])('R26 %s', (_name, text) => {
    expect(isPinnedTo(text, mine)).toBe(true);
  });
});

describe('R26 not pinned', () => {
  test.each([
    ['without one', sdp(media)],
    ['empty', ''],
    ['another', sdp(media, line(other))],
    ['another beside it', sdp(media, line(), line(other))],
    ['another at session level', sdp(line(other), media, line())],
    [
      'another in the last section',
      sdp(media, line(), 'm=video 9 UDP/TLS/RTP/SAVPF 96', line(other)),
    ],
    ['another hash', sdp(media, line(mine, 'sha-1'))],
    ['another hash beside it', sdp(media, line(), line(mine, 'sha-512'))],
    ['cut short', sdp(media, line(mine.slice(0, -3)))],
    ['too long', sdp(media, line(`${mine}:00`))],
    ['without colons', sdp(media, line(mine.replaceAll(':', '')))],
    ['a second value on the line', sdp(media, `${line()} ${other}`)],
    ['another, with space before it', sdp(media, line(), ` ${line(other)}`)],
    [
      'another, with space around the equals sign',
      sdp(media, line(), `a = fingerprint:sha-256 ${other}`),
    ],
    [
      'another, in capitals',
      sdp(media, line(), line(other).replace('a=fingerprint', 'A=FINGERPRINT')),
    ],
    ['another after a lone carriage return', `${sdp(media, line())}x\r${line(other)}`],
    ['another after a lone line feed', `${sdp(media, line())}x\n${line(other)}`],
    ['with a tab instead of a space', sdp(media, line().replace(' ', '\t'))],
  ])('R26 %s', (_name, text) => {
    expect(isPinnedTo(text, mine)).toBe(false);
  });
});
