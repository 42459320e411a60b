import { outliveCredentials } from '../fixtures/outlive-credentials.ts';
import { test } from '../fixtures/relayed.ts';

const TTL = 30;

test.use({
  settings: { TURN_TTL: String(TTL) },
  changes: { leaveOut: /^max-allocate-lifetime=/, add: 'max-allocate-lifetime=60\nverbose\n' },
});

test('R51 a relayed call of three minutes outlives six credentials of 30 s each, with an ICE restart in it', async ({
  atHome,
  appServer,
  relay,
  witness,
}) => {
  const people = [(await atHome('Alice')).person, (await atHome('Bob')).person] as const;
  const longest = await outliveCredentials(
    { people, appServer, relay, witness },
    { ttl: TTL, seconds: 180 },
  );
  console.log(`The longest time in which nothing of somebody arrived: ${longest} ms.`);
});
