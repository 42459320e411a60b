import { ChatReader } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';
import { injections } from '../page/injections.ts';

const SINK = 'https://sink.invalid/canary';

/** Several to a message, a line each. */
function inMessages(payloads: string[]): string[] {
  const messages: string[] = [];
  for (const payload of payloads) {
    const together = `${messages.at(-1) ?? ''}\n${payload}`;
    if (messages.length > 0 && together.length < 500) messages[messages.length - 1] = together;
    else messages.push(payload);
  }
  return messages;
}

test('200 texts that want to be more than text are shown as text: no request, no dialog, no report', async ({
  join,
}) => {
  const [alice, bob] = [await join('Alice'), await join('Bob')];
  const [a, b] = [new ChatReader(alice), new ChatReader(bob)];
  await a.opens();
  await b.opens();
  const strange: string[] = [];
  for (const { page } of [alice, bob]) {
    const own = new URL(page.url()).origin;
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== own && protocol !== 'blob:') strange.push(request.url());
    });
    page.on('dialog', (dialog) => {
      strange.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('popup', (popup) => strange.push(popup.url()));
  }
  const payloads = injections(SINK);
  expect(payloads.length).toBeGreaterThanOrEqual(200);
  const messages = inMessages(payloads);
  // Each says half of them: the server takes 2 a second of one person.
  for (const [index, message] of messages.entries()) {
    const { box } = index % 2 === 0 ? a : b;
    await box.fill(message);
    await box.press('Enter');
  }
  for (const reader of [a, b]) await reader.hasTexts(messages.length, 100_000);
  const shown = (await b.texts.allTextContents()).flatMap((text) => text.trim().split('\n'));
  for (const payload of payloads.filter((text) => /^[\x20-\x7E]+$/.test(text)))
    expect(shown).toContain(payload.trim());
  // What stands in the log is what the app put there, and nothing that somebody wrote.
  const made = await b.log.evaluate((log) => [
    ...new Set([...log.querySelectorAll('*')].map(({ localName }) => localName)),
  ]);
  const own = 'a,article,bdi,button,circle,div,header,p,path,rect,small,span,svg,time'.split(',');
  expect(made.filter((name) => !own.includes(name))).toEqual([]);
  const links = await b.log
    .getByRole('link')
    .evaluateAll((all) => all.map((link) => link.outerHTML));
  for (const link of links) expect(link).toMatch(/href="https:\/\/(sink\.invalid|example\.org)\//);
  expect(strange).toEqual([]);
});
