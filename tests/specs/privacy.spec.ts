import { Buffer } from 'node:buffer';
import { makeMeeting, partsOf } from '../fixtures/make-meeting.ts';
import { expect, test } from '../fixtures/test.ts';

test('neither a name nor the link’s secret is ever sent readable, and the server’s log has neither', async ({
  arrive,
  server,
  interfered,
}) => {
  const proxy = await interfered('nothing');
  const alice = await arrive('Canary Serinus');
  const link = await alice.makesMeeting(proxy.url);
  await alice.entersFromGreenRoom();
  const bob = await arrive('Bob');
  await bob.joins(link);
  await bob.seesAndHears(alice);
  await alice.turnsOffCamera();
  await bob.reads('Camera off', { on: alice });
  await alice.leaves();

  const sent = proxy.overheard.join('\n');
  // Proof that something was overheard at all.
  expect(sent).toContain('42["signal:send"');
  expect(sent).toContain('/admission');
  const { secret } = partsOf(link);
  for (const canary of [...spellings(alice.name), ...spellings(Buffer.from(secret, 'base64url'))]) {
    expect(sent).not.toContain(canary);
    expect(server.output).not.toContain(canary);
  }
});

test('addresses, descriptions and names are unreadable in what a meeting says through the server', async ({
  arrive,
  interfered,
}) => {
  const proxy = await interfered('nothing');
  const meeting = await makeMeeting(proxy.url);
  const alice = await arrive('Alice');
  await alice.joins(meeting);
  const bob = await arrive('Bob');
  await bob.joins(meeting);
  await alice.sees(bob);
  const signals = proxy.overheard.filter((text) => text.startsWith('42["signal:send"'));
  expect(signals.length).toBeGreaterThan(0);
  // Three letters in a row are in some sealed text by chance.
  for (const readable of ['candidate', 'fingerprint', 'v=0', ' udp ']) {
    expect(signals.join('\n')).not.toContain(readable);
  }
});

/** A text in every way it might travel by mistake. Base64 depends on what stands before it: three offsets. */
function spellings(said: string | Buffer): string[] {
  const bytes = Buffer.from(said);
  const shifted = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64url')
      .slice(offset + 1, -2),
  );
  const plain = typeof said === 'string' ? [said, encodeURIComponent(said)] : [];
  return [...plain, bytes.toString('hex'), bytes.toString('base64url'), ...shifted];
}
