import { CANARY, chatStorm } from '../fixtures/chat-storm.ts';
import { expect, test } from '../fixtures/test.ts';

/** More in all than the server keeps. `npm run bench -- chat` sends a thousand. */
const EACH = 52;

test('R41 R42 R43 messages from four people across a server kill and two cuts: none lost, none twice, one order', async ({
  arrive,
  ownServer,
}) => {
  test.setTimeout(600_000);
  const server = await ownServer();
  const { said, read, kept, late } = await chatStorm(arrive, server, EACH);
  const [all = []] = read;
  expect([...all].sort()).toEqual(said.sort());
  for (const texts of read) expect(texts).toEqual(all);
  expect(late).toEqual(kept);
  expect(server.kept().toString('latin1')).not.toContain(CANARY);
  expect(server.output).not.toContain(CANARY);
});
