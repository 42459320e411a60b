import type { Engine } from '../browsers/installed.ts';
import { ServerWay } from '../faults/server-way.ts';
import { ChatReader } from '../fixtures/chat.ts';
import { makeMeeting } from '../fixtures/make-meeting.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';

/** More in all than the server keeps. `STORM=250` sends a thousand, which takes some six minutes. */
const EACH = Number(process.env.STORM ?? 52);
const ALL = EACH * 4;
/** What the server takes of one person, 2 a second, makes it this long; two busy cores make it longer. */
const PATIENCE = 400_000;
const KEPT = 200;
const CANARY = 'Kanarienvogel';

const people: [string, Engine][] = [
  ['Alice', 'chromium'],
  ['Bob', 'firefox'],
  ['Carol', 'chromium'],
  ['Dave', 'firefox'],
];

test('R41 R42 R43 messages from four people across a server kill and two cuts: none lost, none twice, one order', async ({
  arrive,
  ownServer,
}) => {
  test.setTimeout(600_000);
  const server = await ownServer();
  const way = new ServerWay(server.url);
  await way.listen();
  const link = await makeMeeting(server.url);
  const others = link.replace(server.url, way.url);
  const readers: ChatReader[] = [];
  for (const [name, browser] of people) {
    const person = await arrive(name, {
      browser,
      devices: browser === 'chromium' ? 'drawn' : 'own',
    });
    // Two of them come by a way that will be cut.
    await person.joins(readers.length < 2 ? others : link);
    await person.turnsOffCamera();
    const reader = new ChatReader(person);
    await reader.opens();
    readers.push(reader);
  }
  for (const [index, reader] of readers.entries())
    await reader.saysAtOnce(EACH, `${CANARY} of ${people[index]?.[0] ?? ''}`);

  const [alice, bob, carol, dave] = readers as [ChatReader, ChatReader, ChatReader, ChatReader];
  await carol.hasTexts(ALL, PATIENCE, ALL * 0.4);
  way.cut();
  await carol.hasTexts(ALL, PATIENCE, ALL * 0.55);
  await server.kill();
  await server.start();
  await dave.hasTexts(ALL, PATIENCE, ALL * 0.75);
  way.cut();
  for (const reader of [alice, bob, carol, dave]) await reader.hasTexts(ALL, PATIENCE);
  for (const reader of readers) await reader.hasSentEverything();

  const all = await alice.texts.allTextContents();
  expect(new Set(all).size).toBe(ALL);
  for (const reader of readers) expect(await reader.texts.allTextContents()).toEqual(all);
  const late = await arrive('Erin', { devices: 'drawn' });
  await late.joins(link);
  const erin = new ChatReader(late);
  await erin.opens();
  await until(async () => {
    const texts = await erin.texts.allTextContents();
    return JSON.stringify(texts) === JSON.stringify(all.slice(-KEPT))
      ? ''
      : `Erin reads ${texts.length} texts, from “${texts[0] ?? ''}” to “${texts.at(-1) ?? ''}”`;
  });
  expect(server.kept().toString('latin1')).not.toContain(CANARY);
  expect(server.output).not.toContain(CANARY);
  way.close();
});
