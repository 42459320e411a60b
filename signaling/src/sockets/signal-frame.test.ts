import { randomBytes } from 'node:crypto';
import { MAX_SEALED_SIGNAL, requests } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { readSignal, writeSignal } from './signal-frame.ts';

const to = randomBytes(16).toString('base64url');
const packet = (payload: unknown) => `2${JSON.stringify(['signal:send', payload])}`;

describe('the short way for signals', () => {
  test.each([1, 2, 3, 314, 1_850, (MAX_SEALED_SIGNAL * 3) / 4])(
    'reads the usual spelling of %i sealed bytes',
    (bytes) => {
      const sealed = randomBytes(bytes).toString('base64url');
      expect(readSignal(packet({ to, sealed }))).toEqual({ to, sealed });
    },
  );

  test('R1 reads no sealed text that the schema refuses', () => {
    const good = randomBytes(30).toString('base64url');
    const bad = ['', 'A'.repeat(MAX_SEALED_SIGNAL + 4)];
    for (const junk of ['+', '/', '=', '"', '\\', ' ', '\n', '\0', 'é', 'Ł', '\u{1f600}', '"}]'])
      for (const at of [0, 1, 17, good.length])
        bad.push(
          good.slice(0, at) + junk + good.slice(at),
          good.slice(0, at) + junk + good.slice(at + 1),
        );
    for (const sealed of bad) {
      expect(requests['signal:send'].payload.safeParse({ to, sealed }).success).toBe(false);
      expect(readSignal(packet({ to, sealed })), JSON.stringify(sealed)).toBeUndefined();
      expect(readSignal(`2["signal:send",{"to":"${to}","sealed":"${sealed}"}]`)).toBeUndefined();
    }
  });

  test('leaves every other spelling and every other event to the parser', () => {
    const sealed = randomBytes(30).toString('base64url');
    const others = [
      packet({ sealed, to }),
      packet({ to, sealed, more: 1 }),
      packet({ to: to.slice(1), sealed }),
      packet({ to: `${to}A`, sealed }),
      packet({ to, sealed: [sealed] }),
      packet({ to, sealed }).replace('2[', '21['),
      packet({ to, sealed }).replace('","', '", "'),
      packet({ to, sealed }).replace('signal:send', 'signal:sent'),
      packet({ to, sealed }).slice(0, -1),
      `2["signal:send",{"to":"${to}","sealed":"`,
      `2["signal:send",{"to":"${to}"}]`,
      `2["signal:send"]`,
      '2',
      '',
    ];
    for (const text of others) expect(readSignal(text), text).toBeUndefined();
  });

  test('writes what the stock parser reads', () => {
    const sealed = randomBytes(99).toString('base64url');
    const text = writeSignal(to, sealed);
    expect(JSON.parse(text.slice(1))).toEqual(['signal:received', { from: to, sealed }]);
  });
});
