import { makeMeeting } from '../fixtures/make-meeting.ts';
import { expect, test } from '../fixtures/test.ts';

const { CONFAB_URL = '' } = process.env;

test('whoever reaches nothing but the relay over TLS meets the others', async ({ arrive }) => {
  const link = await makeMeeting(CONFAB_URL);
  const alice = await arrive('Alice', { trusting: true });
  // A page may overlook who has signed a certificate; a relay's is looked at by the browser itself.
  const place = { programHere: (program: string) => program };
  const away = { place, origin: CONFAB_URL, isCredulous: true };
  const bob = await arrive('Bob', { trusting: true, relayOnly: 'tls', away });
  await alice.joins(link);
  await bob.joins(link);
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
  expect(await bob.page.evaluate(() => window.observer.waysOut())).toEqual(['relay over tls']);
});
