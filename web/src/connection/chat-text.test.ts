import { describe, expect, it } from 'vitest';
import { chatText, tooLongBy } from './chat-text.ts';

describe('a text in the chat', () => {
  it.each([
    ['keeps lines, tabs and emoji', 'one\n\ttwo 👩‍🚀', 'one\n\ttwo 👩‍🚀'],
    ['ends all lines alike', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['has no control characters', 'a\u0000b\u0007c\u001b[31m', 'abc[31m'],
    ['has no space around it', '\n\n  a  \n', '  a'],
    ['has three line breaks in a row at most', 'a\n\n\n\n\n\nb', 'a\n\n\nb'],
    ['is composed', 'e\u0301', 'é'],
    ['is well-formed', 'a\ud83db', 'a\ufffdb'],
    ['is nothing when nothing is to be seen', ' \u200b\u2060\n\u3164 ', ''],
  ])('%s', (_, typed, text) => {
    expect(chatText(typed)).toBe(text);
  });

  it('is measured in code points', () => {
    expect(tooLongBy('👋'.repeat(4_000))).toBe(0);
    expect(tooLongBy('a'.repeat(4_003))).toBe(3);
  });
});
