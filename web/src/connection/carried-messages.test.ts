import { describe, expect, test } from 'vitest';
import { CarriedMessages } from './carried-messages.ts';
import { id } from './test/sealed-people.ts';
import { ManualClock } from './test/manual-clock.ts';

const [me, a, b] = [id(1), id(2), id(3)];

function carried() {
  const clock = new ManualClock();
  const log: string[] = [];
  const messages = new CarriedMessages({
    self: me,
    clock,
    accept: (via, from, sealed) => log.push(`accept ${via} ${from} ${sealed}`),
    passOn: (to, text) => log.push(`pass ${to} ${text}`),
    onLinks: (via, links) => log.push(`links ${via} ${links.length}`),
  });
  return { messages, clock, log };
}

const signal = (from: string, to: string) =>
  JSON.stringify({ type: 'signal', from, to, sealed: 'AAAA' });

test('R39 a signal for this page is taken, whoever it came through', () => {
  const { messages, log } = carried();
  messages.receive(a, signal(b, me));
  messages.receive(a, signal(a, me));
  expect(log).toEqual([`accept ${a} ${b} AAAA`, `accept ${a} ${a} AAAA`]);
});

test('R39 one of the link’s other end for somebody else is passed on unchanged', () => {
  const { messages, log } = carried();
  const spaced = signal(a, b).replace(',', ' ,  ');
  messages.receive(a, spaced);
  expect(log).toEqual([`pass ${b} ${spaced}`]);
});

test('R39 anything else is dropped: what has gone a step already, and what goes back', () => {
  const { messages, log } = carried();
  messages.receive(a, signal(b, id(4)));
  messages.receive(a, signal(b, a));
  messages.receive(a, signal(a, a));
  messages.receive(a, signal(me, b));
  expect(log).toEqual([]);
});

test('R40 how the links of the other end stand is told as its word', () => {
  const { messages, log } = carried();
  messages.receive(a, JSON.stringify({ type: 'links', links: [{ to: b, standing: 'weak' }] }));
  expect(log).toEqual([`links ${a} 1`]);
});

test.each<[string, string]>([
  ['nothing', ''],
  ['no JSON', '{"type":'],
  ['null', 'null'],
  ['another type', '{"type":"command"}'],
  ['an unknown key', signal(a, me).replace('{', '{"more":1,')],
  ['an id that is none', signal('__proto__', me)],
  ['sealed text that is none', signal(a, me).replace('AAAA', '<b>')],
  ['no list', '{"type":"links","links":5}'],
  ['a standing nobody agreed on', `{"type":"links","links":[{"to":"${b}","standing":"fine"}]}`],
])('R33 what does not fit is passed over: %s', (_name, text) => {
  const { messages, log } = carried();
  messages.receive(a, text);
  expect(log).toEqual([]);
});

describe('R39 budgets', () => {
  test('R39 for each link 200 messages at once are passed on, and 20 a second', () => {
    const { messages, clock, log } = carried();
    const flood = () => {
      for (let times = 0; times < 300; times++) messages.receive(a, signal(a, b));
    };
    flood();
    expect(log).toHaveLength(200);
    messages.receive(b, signal(b, a));
    expect(log).toHaveLength(201);
    clock.advance(10_000);
    log.length = 0;
    flood();
    expect(log).toHaveLength(200);
    clock.advance(1_000);
    log.length = 0;
    flood();
    expect(log).toHaveLength(20);
  });

  test('for each link 600 messages at once are looked at, and 50 a second', () => {
    const { messages, clock, log } = carried();
    const flood = () => {
      for (let times = 0; times < 1_000; times++) messages.receive(a, signal(b, me));
    };
    flood();
    expect(log).toHaveLength(600);
    clock.advance(1_000);
    flood();
    expect(log).toHaveLength(650);
  });
});
