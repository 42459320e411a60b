import { expect, test } from '../fixtures/test.ts';
import { makeMeeting } from '../fixtures/make-meeting.ts';
import { until } from '../fixtures/until.ts';

test('where WebSockets are refused, people meet over long-polling', async ({
  arrive,
  interfered,
}) => {
  const proxy = await interfered('refuse');
  const meeting = await makeMeeting(proxy.url);
  const alice = await arrive('Alice');
  const polls: string[] = [];
  alice.page.on('request', (request) => {
    if (request.url().includes('transport=polling')) polls.push(request.method());
  });
  await alice.joins(meeting);
  const bob = await arrive('Bob');
  await bob.joins(meeting);
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
  expect(polls).toContain('POST');
});

test('R35 pictures and sound go on while the server is dead, and the page says that it is', async ({
  arrive,
  ownServer,
}) => {
  const server = await ownServer();
  const meeting = await makeMeeting(server.url);
  const alice = await arrive('Alice');
  await alice.joins(meeting);
  const bob = await arrive('Bob');
  await bob.joins(meeting);
  await alice.seesAndHears(bob);
  await server.kill();
  await alice.isTold('The connection to the server is interrupted');
  await bob.isTold('The connection to the server is interrupted');
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
  const start = await alice.framesFrom(bob);
  await until(async () => {
    const frames = (await alice.framesFrom(bob)) - start;
    return frames >= 30 ? '' : `Alice has received only ${frames} more frames from Bob`;
  });
  await alice.seesOnly(bob);
});

test('a full meeting says so, and has room when somebody left', async ({ arrive, ownServer }) => {
  const server = await ownServer({ MAX_PARTICIPANTS: '2' });
  const meeting = await makeMeeting(server.url);
  const alice = await arrive('Alice');
  await alice.joins(meeting);
  const bob = await arrive('Bob');
  await bob.joins(meeting);
  const carol = await arrive('Carol');
  await carol.page.goto(meeting);
  await carol.asksToEnter();
  await expect(carol.page.getByText('This meeting is full')).toBeVisible();
  await bob.leaves();
  await alice.losesSightOf(bob);
  await carol.entersFromGreenRoom();
  await carol.seesAndHears(alice);
});
