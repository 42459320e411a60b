import { expect, test } from 'vitest';
import { MAX_CARRIED } from '@confab/protocol';
import { SignalsChannel } from './signals-channel.ts';

function open() {
  const sent: string[] = [];
  const log: unknown[] = [];
  const made: unknown[] = [];
  const inside = {
    readyState: 'open',
    bufferedAmount: 0,
    send: (text: string) => sent.push(text),
    onopen: () => undefined,
    onclose: () => undefined,
    onmessage: (_event: { data: unknown }) => undefined,
  };
  const connection = {
    createDataChannel: (...asked: unknown[]) => {
      made.push(...asked);
      return inside;
    },
  } as unknown as RTCPeerConnection;
  const channel = new SignalsChannel(connection, {
    onOpen: (isOpen) => log.push(isOpen),
    onText: (text) => log.push(text),
  });
  return { channel, inside, sent, log, made };
}

test('R33 the channel is negotiated, with the agreed number, ordered and reliable', () => {
  expect(open().made).toEqual(['signals', { negotiated: true, id: 65 }]);
});

test('R33 texts of up to 40,000 characters get through, anything else is passed over', () => {
  const { inside, log } = open();
  inside.onopen();
  for (const data of ['text', new ArrayBuffer(3), 'x'.repeat(MAX_CARRIED + 1)])
    inside.onmessage({ data });
  inside.onclose();
  expect(log).toEqual([true, 'text', false]);
});

test('it says whether a text is on its way', () => {
  const { channel, inside, sent } = open();
  expect(channel.send('one')).toBe(true);
  expect(channel.send('x'.repeat(MAX_CARRIED + 1))).toBe(false);
  inside.bufferedAmount = 1_048_577;
  expect(channel.send('two')).toBe(false);
  inside.bufferedAmount = 1_048_576;
  expect(channel.send('three')).toBe(true);
  inside.readyState = 'closing';
  expect(channel.send('four')).toBe(false);
  expect(sent).toEqual(['one', 'three']);
});
