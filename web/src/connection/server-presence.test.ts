import { describe, expect, test } from 'vitest';
import { presence, seated } from './test/presence-with-server.ts';
import { id } from './test/sealed-people.ts';

test('a join takes the seat, and what leads back to it is told', async () => {
  const { log, claims, connected } = await presence();
  await connected();
  expect(log).toEqual(seated);
  expect(claims).toEqual([{ token: 'token 1', resume: 'resume 1' }]);
});

test('a seat of somebody else is not taken', async () => {
  const { log, connected } = await presence();
  await connected({ participantId: id(99) });
  expect(log).toEqual(['close', 'token-invalid']);
});

describe('coming back', () => {
  test('R8 the first join shows nothing, each later one what the last reply brought', async () => {
    const { events, shown, connected } = await presence();
    await connected();
    events.emit('lost', null);
    await connected();
    events.emit('lost', null);
    await connected();
    expect(shown).toEqual([undefined, 'resume 1', 'resume 2']);
  });

  test('R8 a page that is loaded anew shows what the one before was given', async () => {
    const { shown, connected } = await presence({ resume: 'from before' });
    await connected();
    expect(shown).toEqual(['from before']);
  });

  test('R8 where no reply came, the next join shows the same again', async () => {
    const { events, shown, connected } = await presence({ resume: 'from before' });
    await connected('timeout');
    events.emit('trying', null);
    await connected();
    expect(shown).toEqual(['from before', 'from before']);
  });

  test('a reply that was overtaken by a loss seats nobody', async () => {
    const { events, log, claims, settle } = await presence();
    events.emit('connected', 'websocket');
    events.emit('lost', null);
    await settle();
    expect(log).toEqual(['away', 'lost 1']);
    expect(claims).toEqual([]);
  });

  test('R8 a renewed token is told with the resume token it goes with', async () => {
    const { clock, claims, connected, settle } = await presence();
    await connected();
    clock.advance(300_000);
    await settle();
    expect(claims.at(-1)).toEqual({ token: 'renewed 1', resume: 'resume 1' });
  });

  test('R9 that the connection was silent is told until the seat is held again', async () => {
    const { events, log, connected } = await presence();
    await connected();
    log.length = 0;
    events.emit('silent', null);
    events.emit('lost', null);
    events.emit('trying', null);
    expect(log.filter((line) => line.startsWith('lost'))).toEqual([
      'lost 1 silent',
      'lost 1 silent',
    ]);
    await connected();
    events.emit('lost', null);
    expect(log.at(-1)).toBe('lost 1');
  });

  test('the tries are counted from the loss until the seat is held again', async () => {
    const { events, log, connected } = await presence();
    await connected();
    log.length = 0;
    events.emit('lost', null);
    for (let times = 0; times < 3; times++) events.emit('trying', null);
    expect(log.filter((one) => one !== 'away')).toEqual(['lost 1', 'lost 1', 'lost 2', 'lost 3']);
    await connected();
    log.length = 0;
    events.emit('lost', null);
    expect(log).toEqual(['away', 'lost 1']);
  });
});

describe('R38 a server that stops', () => {
  const stopping = async () => {
    const all = await presence();
    await all.connected();
    all.log.length = 0;
    all.events.emit('server:stopping', { delay: 700 });
    return all;
  };

  test('R38 is left after the delay it gave, and nothing is said of a move that takes less than 2 s', async () => {
    const { clock, log, connected } = await stopping();
    clock.advance(699);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['reconnect', 'away']);
    clock.advance(1_999);
    expect(log).toEqual(['reconnect', 'away']);
    await connected();
    clock.advance(60_000);
    expect(log.filter((one) => one.startsWith('lost') || one === 'reconnect')).toEqual([]);
  });

  test('R38 a move that takes longer is told, and how many tries it has taken', async () => {
    const { clock, events, log, connected } = await stopping();
    clock.advance(700);
    await connected('server-draining');
    clock.advance(500);
    expect(log).toEqual(['away', 'reconnect', 'away']);
    events.emit('trying', null);
    clock.advance(1_500);
    expect(log.at(-1)).toBe('lost 3');
    clock.advance(60_000);
    expect(log.filter((one) => one.startsWith('lost'))).toEqual(['lost 3']);
  });

  test('R38 one that is gone before is left no second time', async () => {
    const { clock, events, log, connected } = await stopping();
    events.emit('lost', null);
    expect(log).toEqual(['away']);
    await connected();
    clock.advance(10_000);
    expect(log).toEqual(seated);
  });

  test('the next loss is told at once again', async () => {
    const { clock, events, log, connected } = await stopping();
    clock.advance(700);
    await connected();
    events.emit('lost', null);
    expect(log.at(-1)).toBe('lost 1');
  });
});

describe('another network', () => {
  test('whoever waits to try again tries at once, and once for all signs of it', async () => {
    const { server, clock, events, log, connected } = await presence();
    await connected();
    clock.advance(20_000);
    events.emit('lost', null);
    log.length = 0;
    for (let times = 0; times < 5; times++) server.hurry();
    expect(log.filter((one) => one === 'reconnect')).toHaveLength(1);
    clock.advance(999);
    server.hurry();
    expect(log.filter((one) => one === 'reconnect')).toHaveLength(1);
    clock.advance(1);
    server.hurry();
    expect(log.filter((one) => one === 'reconnect')).toHaveLength(2);
  });

  test('a try from before the sign is given up, however young', async () => {
    const { server, clock, events, log, connected } = await presence();
    await connected();
    clock.advance(20_000);
    events.emit('lost', null);
    events.emit('trying', null);
    clock.advance(50);
    server.hurry();
    server.hurry();
    expect(log.filter((one) => one === 'reconnect')).toHaveLength(1);
  });

  test('a try that has come to nothing is not waited for', async () => {
    const { server, clock, events, log, connected } = await presence();
    await connected();
    clock.advance(20_000);
    events.emit('lost', null);
    for (let signs = 0; signs < 2; signs++) {
      events.emit('trying', null);
      events.emit('missed', null);
      server.hurry();
      server.hurry();
    }
    expect(log.filter((one) => one === 'reconnect')).toHaveLength(2);
  });

  test('a connection that answers stays, and brings fresh TURN credentials', async () => {
    const { server, clock, log, connected, settle } = await presence();
    await connected();
    server.doubt();
    server.doubt();
    await settle();
    clock.advance(60_000);
    expect(log).toEqual([...seated, 'ice']);
  });

  test('one that says nothing for 2 s is given up', async () => {
    const { server, clock, log, connected, fallSilent } = await presence();
    await connected();
    fallSilent();
    server.doubt();
    clock.advance(1_999);
    expect(log).toEqual(seated);
    clock.advance(1);
    expect(log).toEqual([...seated, 'reconnect', 'away', 'lost 1']);
    clock.advance(60_000);
    expect(log).toHaveLength(6);
  });

  test('a join that is under way is left alone', async () => {
    const { server, clock, events, log, fallSilent } = await presence();
    fallSilent();
    clock.advance(5_000);
    events.emit('connected', 'websocket');
    server.hurry();
    server.doubt();
    expect(log).toEqual([]);
  });
});
