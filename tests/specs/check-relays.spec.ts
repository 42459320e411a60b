import { CheckPage } from '../fixtures/check-page.ts';
import { test } from '../fixtures/relayed.ts';

const [UDP, TCP, TLS] = ['Relay (TURN) over UDP', 'Relay (TURN) over TCP', 'Relay (TURN) over TLS'];
const DIRECT = 'Direct connection over UDP';

test('the check tells which ways to the relay a network leaves open', async ({
  atHome,
  appServer,
}) => {
  const { person, home } = await atHome('Alice');
  await person.page.goto(`${appServer.url}/check`);
  const check = new CheckPage(person.page);
  await check.runs();
  await check.finds(DIRECT, 'Works', 'UDP leaves your network');
  for (const way of [UDP, TCP, TLS]) await check.finds(way, 'Works', /Carries data, \d+ ms away/);

  home.letOut('no UDP');
  await check.runs();
  await check.finds(DIRECT, 'Works with limits', 'Meetings go through the relay instead');
  await check.finds(UDP, 'Works with limits', 'your network probably blocks this one');
  for (const way of [TCP, TLS]) await check.finds(way, 'Works', 'Carries data');

  home.letOut('only 443');
  await check.runs();
  await check.finds(TCP, 'Works with limits', 'your network probably blocks this one');
  await check.finds(TLS, 'Works', 'Carries data');
});

test.describe('where the server has another secret than the relay', () => {
  test.use({ settings: { TURN_SECRET: 'Wb3mQ0xTn5vRk8sYp2cLd7fHj1gZa4uE' } });

  test('the check names the setting, and does not blame the network', async ({
    atHome,
    appServer,
  }) => {
    const { person } = await atHome('Alice');
    await person.page.goto(`${appServer.url}/check`);
    const check = new CheckPage(person.page);
    await check.runs();
    for (const way of [UDP, TCP, TLS])
      await check.finds(way, 'Does not work', "TURN_SECRET to coturn's static-auth-secret");
    await check.finds(DIRECT, 'Works', 'UDP leaves your network');
  });
});
