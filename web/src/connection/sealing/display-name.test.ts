import { describe, expect, test } from 'vitest';
import { displayName } from './display-name.ts';

const c = (...points: number[]) => String.fromCodePoint(...points);

describe('R20 names that stay as they are', () => {
  test.each([
    'Ana',
    'Zoë',
    "O'Brien-Łukasz, Jr.",
    '李小龍',
    '山田 太郎',
    '김철수',
    'Владимир',
    'Ελένη',
    'محمد',
    'שרה',
    'प्रिया',
    `علی${c(0x200c)}رضا`,
    `क्${c(0x200d)}ष`,
    'ภาษาไทย',
    'Nguyễn Thị Minh Khai',
    'R2-D2',
    '42',
    '👩‍🚀',
    '👩🏽‍🚀 Zoë',
    '❤️‍🔥',
    '👨‍👩‍👧‍👦',
    '🇫🇷',
    '<script>alert(1)</script>',
    '"; DROP TABLE participants; --',
    '../../etc/passwd',
    '__proto__',
    'null',
  ])('R20 %s', (name) => {
    expect(displayName(name)).toBe(name.normalize('NFC'));
  });
});

describe('R20 names that are made readable', () => {
  test.each<[string, string, string]>([
    ['decomposed', `Zoe${c(0x308)}`, 'Zoë'],
    ['spaces around', '  Ana  ', 'Ana'],
    ['spaces within', 'Ana    Maria', 'Ana Maria'],
    ['line feeds', 'Ana\nMaria', 'Ana Maria'],
    ['carriage returns', 'Ana\r\nMaria', 'Ana Maria'],
    ['tabs', 'Ana\tMaria', 'Ana Maria'],
    ['a null byte', `Ana${c(0)}Maria`, 'Ana Maria'],
    ['an escape sequence', `${c(0x1b)}[31mAna`, '[31mAna'],
    ['delete', `Ana${c(0x7f)}`, 'Ana'],
    ['C1 controls', `Ana${c(0x9b)}`, 'Ana'],
    ['no-break space', `Ana${c(0xa0)}Maria`, 'Ana Maria'],
    ['ideographic space', `山田${c(0x3000)}太郎`, '山田 太郎'],
    ['line separator', `Ana${c(0x2028)}Maria`, 'Ana Maria'],
    ['paragraph separator', `Ana${c(0x2029)}Maria`, 'Ana Maria'],
    ['right-to-left override', `Ana${c(0x202e)}moc.live`, 'Anamoc.live'],
    ['left-to-right override', `${c(0x202d)}Ana`, 'Ana'],
    ['embeddings', `${c(0x202a, 0x202b)}Ana${c(0x202c)}`, 'Ana'],
    ['isolates', `${c(0x2066, 0x2067, 0x2068)}Ana${c(0x2069)}`, 'Ana'],
    ['marks of direction', `${c(0x200e, 0x200f, 0x61c)}Ana`, 'Ana'],
    ['zero-width space', `A${c(0x200b)}na`, 'Ana'],
    ['zero-width joiner between Latin letters', `A${c(0x200d)}na`, 'Ana'],
    ['zero-width non-joiner between Latin letters', `A${c(0x200c)}na`, 'Ana'],
    ['zero-width joiner after an emoji', `🚀${c(0x200d)}`, '🚀'],
    ['word joiner', `A${c(0x2060)}na`, 'Ana'],
    ['byte order mark', `${c(0xfeff)}Ana`, 'Ana'],
    ['soft hyphen', `A${c(0xad)}na`, 'Ana'],
    ['combining grapheme joiner', `A${c(0x34f)}na`, 'Ana'],
    ['invisible operators', `A${c(0x2061, 0x2062, 0x2063, 0x2064)}na`, 'Ana'],
    ['tag characters', `Ana${c(0xe0041, 0xe0042)}`, 'Ana'],
    ['interlinear annotation', `A${c(0xfff9)}na`, 'Ana'],
    ['Hangul filler', `Ana${c(0x3164)}`, 'Ana'],
    ['halfwidth Hangul filler', `Ana${c(0xffa0)}`, 'Ana'],
    ['blank Braille', `Ana${c(0x2800)}`, 'Ana'],
    ['private use', `Ana${c(0xe000)}`, 'Ana'],
    ['unassigned', `Ana${c(0x378)}`, 'Ana'],
    ['a lone surrogate', 'Ana\ud800', 'Ana'],
    ['piled up marks', `A${c(0x316).repeat(30)}na`, `A${c(0x316).repeat(4)}na`],
    ['too long', 'x'.repeat(200), 'x'.repeat(64)],
    ['too long in emoji', '🚀'.repeat(65), '🚀'.repeat(64)],
    ['cut at a space', `${'x'.repeat(63)} y`, 'x'.repeat(63)],
  ])('R20 %s', (_name, text, shown) => {
    expect(displayName(text)).toBe(shown);
  });
});

describe('R20 names of which nothing is left', () => {
  test.each<[string, string]>([
    ['empty', ''],
    ['spaces', '   '],
    ['line feeds', '\n\n'],
    ['only zero-width', c(0x200b, 0x200c, 0x200d, 0x2060)],
    ['only direction', c(0x202e, 0x2066)],
    ['only fillers', c(0x3164, 0x115f, 0x1160, 0xffa0, 0x2800)],
    ['only marks', c(0x301, 0x302)],
    ['only controls', c(0, 1, 2)],
    ['only a variation selector', c(0xfe0f)],
  ])('R20 %s', (_name, text) => {
    expect(displayName(text)).toBeNull();
  });
});
