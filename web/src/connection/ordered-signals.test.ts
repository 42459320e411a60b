import type { Signal, SignalBody } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { OrderedSignals } from './ordered-signals.ts';
import { ManualClock } from './test/manual-clock.ts';
import { seededRandom } from './test/seeded-random.ts';

const offer = (sdp: string): SignalBody => ({ type: 'offer', sdp });
const answer = (sdp: string): SignalBody => ({ type: 'answer', sdp });

function conversation(initiator: boolean, options: { epoch?: number; mayOffer?: boolean } = {}) {
  const clock = new ManualClock();
  const sent: Signal[] = [];
  const delivered: string[] = [];
  const signals = new OrderedSignals({
    initiator,
    epoch: options.epoch ?? 0,
    clock,
    send: (signal) => {
      const send = () => void sent.push(signal);
      send();
      return send;
    },
    deliver: (body) => delivered.push(`${signals.epoch}:${'sdp' in body ? body.sdp : body.type}`),
    mayOffer: () => options.mayOffer ?? true,
  });
  return { clock, sent, delivered, signals };
}

const signal = (epoch: number, seq: number, body?: SignalBody, ack = 0): Signal =>
  body ? { epoch, seq, ack, body } : { epoch, seq, ack };

describe('R24 confirmation and repetition', () => {
  test('R24 what arrives is confirmed after 100 ms if nothing else goes out', () => {
    const { clock, sent, signals } = conversation(false);
    signals.receive(signal(1, 1, offer('a')));
    clock.advance(99);
    expect(sent).toEqual([]);
    clock.advance(1);
    expect(sent).toEqual([{ epoch: 1, seq: 0, ack: 1 }]);
    clock.advance(60_000);
    expect(sent).toHaveLength(1);
  });

  test('R24 an answer confirms by itself', () => {
    const { clock, sent, signals } = conversation(false);
    signals.receive(signal(1, 1, offer('a')));
    signals.say(answer('b'));
    signals.receive(signal(1, 0, undefined, 1));
    clock.advance(60_000);
    expect(sent).toEqual([{ epoch: 1, seq: 1, ack: 1, body: answer('b') }]);
  });

  test('R24 the unconfirmed is repeated after 1, 2, 4 and then every 5 s, until it is confirmed', () => {
    const { clock, sent, signals } = conversation(true);
    signals.raiseEpoch();
    signals.say(offer('a'));
    const counts = [999, 1, 1_999, 1, 3_999, 1, 4_999, 1, 4_999, 1].map((ms) => {
      clock.advance(ms);
      return sent.length;
    });
    expect(counts).toEqual([1, 2, 2, 3, 3, 4, 4, 5, 5, 6]);
    signals.receive(signal(1, 0, undefined, 1));
    clock.advance(60_000);
    expect(sent).toHaveLength(6);
  });

  test('R24 a repetition is the same signal, not a newer one with the same number', () => {
    const { clock, sent, signals } = conversation(true);
    signals.raiseEpoch();
    signals.say(offer('a'));
    signals.receive(signal(1, 1, answer('b')));
    clock.advance(1_000);
    const repeated = sent.filter(({ seq }) => seq === 1);
    expect(repeated).toHaveLength(2);
    expect(repeated[1]).toBe(repeated[0]);
  });

  test('R24 what is unconfirmed goes out at once when the connection is back', () => {
    const { sent, signals } = conversation(true);
    signals.raiseEpoch();
    signals.say(offer('a'));
    signals.repeatNow();
    expect(sent).toHaveLength(2);
  });

  test('R24 after the end nothing goes out', () => {
    const { clock, sent, signals } = conversation(false);
    signals.receive(signal(1, 1, offer('a')));
    signals.say(answer('b'));
    signals.receive(signal(1, 2, { type: 'replacement-wanted' }));
    signals.close();
    clock.advance(60_000);
    expect(sent).toHaveLength(1);
  });
});

describe('R25 order', () => {
  test('R25 early ones wait, repeated ones are told apart', () => {
    const { delivered, signals } = conversation(false);
    expect(signals.receive(signal(1, 1, offer('a')))).toBe('taken');
    expect(signals.receive(signal(1, 3, offer('c')))).toBe('taken');
    expect(delivered).toEqual(['1:a']);
    expect(signals.receive(signal(1, 2, offer('b')))).toBe('taken');
    expect(signals.receive(signal(1, 2, offer('b')))).toBe('repeated');
    expect(delivered).toEqual(['1:a', '1:b', '1:c']);
  });

  test('R25 sixty-four early ones are held; the next may come again, and the one that is due always gets in', () => {
    const { delivered, signals } = conversation(false);
    signals.receive(signal(1, 1, offer('1')));
    for (let seq = 3; seq < 67; seq++) {
      expect(signals.receive(signal(1, seq, offer(String(seq))))).toBe('taken');
    }
    expect(signals.receive(signal(1, 67, offer('67')))).toBe('later');
    expect(signals.receive(signal(1, 2, offer('2')))).toBe('taken');
    expect(delivered).toHaveLength(66);
    expect(signals.receive(signal(1, 67, offer('67')))).toBe('taken');
    expect(delivered.at(-1)).toBe('1:67');
  });
});

describe('R31 epochs', () => {
  test('R31 an offer of a newer epoch opens it, and what came before the offer follows', () => {
    const { delivered, signals } = conversation(false);
    signals.receive(signal(1, 1, offer('a')));
    signals.receive(signal(3, 2, { type: 'candidates', candidates: [] }));
    expect(delivered).toEqual(['1:a']);
    signals.receive(signal(3, 1, offer('b')));
    expect(delivered).toEqual(['1:a', '3:b', '3:candidates']);
    expect(signals.epoch).toBe(3);
  });

  test('R31 an older epoch is stale', () => {
    const { delivered, signals } = conversation(false, { epoch: 4 });
    expect(signals.receive(signal(3, 1, offer('a')))).toBe('stale');
    expect(delivered).toEqual([]);
  });

  test('R31 only the initiator raises: to it, a newer epoch is nothing to follow', () => {
    const { delivered, signals } = conversation(true);
    signals.raiseEpoch();
    expect(signals.receive(signal(2, 1, offer('a')))).toBe('stale');
    expect(delivered).toEqual([]);
    expect(signals.epoch).toBe(1);
  });

  test('R31 a new epoch forgets what the last one left unconfirmed', () => {
    const { clock, sent, signals } = conversation(true);
    signals.raiseEpoch();
    signals.say(offer('a'));
    signals.raiseEpoch();
    signals.say(offer('b'));
    sent.length = 0;
    clock.advance(1_000);
    expect(sent.map(({ epoch, seq }) => [epoch, seq])).toEqual([[2, 1]]);
  });

  test('R31 an offer that comes too soon after others may come again', () => {
    const { delivered, signals } = conversation(false, { mayOffer: false });
    expect(signals.receive(signal(1, 1, offer('a')))).toBe('later');
    expect(delivered).toEqual([]);
  });
});

/** A wire that loses, repeats and reorders, moved on by a seed. Returns what each side was given. */
function runSchedule(seed: number) {
  const random = seededRandom(seed);
  const clock = new ManualClock();
  const said = { initiator: [] as string[], other: [] as string[] };
  const heard = { initiator: [] as string[], other: [] as string[] };
  const loss = random() * 0.6;
  const ends: { initiator?: OrderedSignals; other?: OrderedSignals } = {};
  const carry = (to: 'initiator' | 'other', one: Signal) => {
    for (let copies = random() < 0.2 ? 2 : 1; copies > 0; copies--) {
      if (random() < loss) continue;
      clock.after(random() * 3_000, () => ends[to]?.receive(structuredClone(one)));
    }
  };
  const end = (name: 'initiator' | 'other', to: 'initiator' | 'other') =>
    new OrderedSignals({
      initiator: name === 'initiator',
      epoch: 0,
      clock,
      send: (one) => {
        const send = () => carry(to, one);
        send();
        return send;
      },
      deliver: (body) => {
        const epoch = ends[name]?.epoch ?? 0;
        const text = `${epoch}:${'sdp' in body ? body.sdp : body.type}`;
        heard[name].push(text);
        if (name === 'other' && body.type === 'offer') {
          said.other.push(`${epoch}:answer to ${body.sdp}`);
          ends.other?.say(answer(`answer to ${body.sdp}`));
        }
      },
      mayOffer: () => true,
    });
  const initiator = (ends.initiator = end('initiator', 'other'));
  ends.other = end('other', 'initiator');
  const epochs = 1 + Math.floor(random() * 3);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    initiator.raiseEpoch();
    const words = 1 + Math.floor(random() * 12);
    for (let word = 1; word <= words; word++) {
      said.initiator.push(`${epoch}:${word}`);
      initiator.say(offer(String(word)));
      clock.advance(random() * 400);
    }
  }
  clock.advance(3_600_000);
  return { said, heard, epochs, quiet: clock.next === Infinity };
}

test('R24 R25 R31 a thousand bad wires: all of the last epoch arrives once, in order, and then there is silence', () => {
  for (let seed = 1; seed <= 1_000; seed++) {
    const { said, heard, epochs, quiet } = runSchedule(seed);
    const ofLast = (words: string[]) => words.filter((word) => word.startsWith(`${epochs}:`));
    expect({ seed, words: ofLast(heard.other) }).toEqual({ seed, words: ofLast(said.initiator) });
    expect({ seed, words: ofLast(heard.initiator) }).toEqual({ seed, words: ofLast(said.other) });
    // Of earlier epochs there may be a beginning, but never a gap or a repetition.
    for (let epoch = 1; epoch < epochs; epoch++) {
      const words = heard.other.filter((word) => word.startsWith(`${epoch}:`));
      expect({ seed, words }).toEqual({
        seed,
        words: said.initiator.filter((word) => word.startsWith(`${epoch}:`)).slice(0, words.length),
      });
    }
    expect({ seed, quiet }).toEqual({ seed, quiet: true });
  }
});
