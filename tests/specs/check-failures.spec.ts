import { CheckPage } from '../fixtures/check-page.ts';
import { closedPort } from '../fixtures/closed-port.ts';
import { test } from '../fixtures/test.ts';
import { Proxy } from '../relay/proxy.ts';

test('no camera, no WebSocket, a silent relay and a lost server are each told with what to do', async ({
  arrive,
  ownServer,
}) => {
  const port = await closedPort();
  const server = await ownServer({
    TURN_URLS: `turn:127.0.0.1:${port},turn:127.0.0.1:${port}?transport=tcp,turns:127.0.0.1:${port}`,
    TURN_SECRET: 'Wb3mQ0xTn5vRk8sYp2cLd7fHj1gZa4uE',
  });
  const proxy = new Proxy(server.url, 'refuse');
  await proxy.listen();
  try {
    const bob = await arrive('Bob', { devices: 'none' });
    await bob.page.goto(proxy.url);
    await bob.page.getByRole('link', { name: 'Check your connection' }).click();
    const check = new CheckPage(bob.page);
    await check.runs();
    await check.finds('Camera', 'Does not work', 'No camera was found');
    await check.finds('Microphone', 'Does not work', 'No microphone was found');
    await check.finds(
      'Staying in touch with the server',
      'Works with limits',
      'WebSocket is blocked',
    );
    await check.finds('Direct connection over UDP', 'Does not work', 'No answer came back');
    const relay = 'The relay does not answer over';
    await check.finds('Relay (TURN) over UDP', 'Does not work', `${relay} UDP`);
    await check.finds('Relay (TURN) over TCP', 'Does not work', `${relay} TCP`);
    await check.finds(
      'Relay (TURN) over TLS',
      'Does not work',
      'a certificate that browsers trust',
    );
    await check.concludes('the way to the others is blocked');

    await server.kill();
    await check.runs();
    await check.finds('Server', 'Does not work', 'Does not answer');
    await check.finds('Relay (TURN) over UDP', 'Not measured', 'did not take part');
    await check.concludes('the server does not do its part');
  } finally {
    proxy.close();
  }
});

test('a refused camera, and a relay that is kept for guests, are told with what to do', async ({
  arrive,
  ownServer,
}) => {
  const server = await ownServer({
    TURN_URLS: `turn:127.0.0.1:${await closedPort()}?transport=tcp`,
    TURN_SECRET: 'Wb3mQ0xTn5vRk8sYp2cLd7fHj1gZa4uE',
    API_KEYS: 'kq83hd92msla01xp',
  });
  const carol = await arrive('Carol', { devices: 'refused' });
  await carol.page.goto(`${server.url}/check`);
  const check = new CheckPage(carol.page);
  await check.runs();
  await check.finds('Camera', 'Does not work', 'Your camera is not allowed here');
  await check.finds('Microphone', 'Does not work', 'Your microphone is not allowed here');
  await check.finds('Relay (TURN) over TCP', 'Not measured', 'only guests of a meeting');
  await check.concludes('One of your devices does not');
});
