import { expect, test } from 'vitest';
import { SnapshotOpener } from './snapshot-opener.ts';
import { id, meetingId, person, secret } from './test/sealed-people.ts';

const policy = { locked: false };

function opener() {
  const refused: string[] = [];
  const opens = new SnapshotOpener(secret, meetingId, (_from, kind) => refused.push(kind));
  return { opens, refused };
}

test('R20 names and fingerprints come out of hellos, in order of arrival, each participant once', async () => {
  const { opens, refused } = opener();
  const one = await person(10, 1);
  const two = await person(11, 2);
  const participants = [two.participant, one.participant, two.participant];
  const opened = await opens.open({ version: 1, participants, policy });
  expect(opened.map(({ identity }) => identity?.name)).toEqual(['Person 10', 'Person 11']);
  expect(opened.map(({ identity }) => identity?.fingerprint)).toEqual([
    one.fingerprint,
    two.fingerprint,
  ]);
  expect(refused).toEqual([]);
});

test('R20 a later hello changes the name, an older one does not change it back', async () => {
  const { opens, refused } = opener();
  const { participant, sealHello } = await person(10, 1);
  const renamed = { ...participant, hello: await sealHello('Somebody Else') };
  const nameAfter = async (version: number, shown: typeof participant) =>
    (await opens.open({ version, participants: [shown], policy })).at(0)?.identity?.name;
  expect(await nameAfter(1, participant)).toBe('Person 10');
  expect(await nameAfter(2, renamed)).toBe('Somebody Else');
  expect(await nameAfter(3, participant)).toBe('Somebody Else');
  expect(refused).toEqual(['repeated']);
});

test('R19 a hello that does not open leaves what was known, and is told once', async () => {
  const { opens, refused } = opener();
  const { participant } = await person(10, 1);
  await opens.open({ version: 1, participants: [participant], policy });
  const forged = { ...participant, hello: `${participant.hello.slice(0, -4)}AAAA` };
  for (let version = 2; version < 5; version++) {
    const [opened] = await opens.open({ version, participants: [forged], policy });
    expect(opened?.identity?.name).toBe('Person 10');
  }
  expect(refused).toEqual(['altered']);
});

test('R13 another participant’s hello is nobody’s', async () => {
  const { opens, refused } = opener();
  const { participant } = await person(10, 1);
  const [opened] = await opens.open({
    version: 1,
    participants: [{ ...participant, id: id(99) }],
    policy,
  });
  expect(opened?.identity).toBeNull();
  expect(refused).toEqual(['altered']);
});
