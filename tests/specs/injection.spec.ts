import { BoardUser } from '../fixtures/board.ts';
import { ChatReader } from '../fixtures/chat.ts';
import { FileSharer } from '../fixtures/files.ts';
import type { Participant } from '../fixtures/participant.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';
import { injections } from '../page/injections.ts';

const SINK = 'https://sink.invalid/canary';

/** Several to a message, a line each; longer ones alone. */
function inMessages(payloads: string[], longest = 500): string[] {
  const messages: string[] = [];
  for (const payload of payloads) {
    const together = `${messages.at(-1) ?? ''}\n${payload}`;
    if (messages.length > 0 && together.length < longest) messages[messages.length - 1] = together;
    else messages.push(payload);
  }
  return messages;
}

/** What no page may do: ask anybody else, open something, or speak up. */
function watch(...people: Participant[]): string[] {
  const strange: string[] = [];
  for (const { page } of people) {
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
  return strange;
}

test('200 texts that want to be more than text are shown as text: no request, no dialog, no report', async ({
  join,
}) => {
  const [alice, bob] = [await join('Alice'), await join('Bob')];
  const [a, b] = [new ChatReader(alice), new ChatReader(bob)];
  await a.opens();
  await b.opens();
  const strange = watch(alice, bob);
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

  // And on the board: on notes that are drawn and listed, and in the text beside them.
  const [drawing, looking] = [new BoardUser(alice), new BoardUser(bob)];
  for (const user of [drawing, looking]) await user.opens();
  const notes = inMessages(payloads, 1_900).map((text) => text.slice(0, 2_000));
  for (const [index, text] of notes.entries())
    await drawing.writes('Sticky note', [120 + 8 * index, 110], text);
  await looking.lists();
  await expect(looking.objects).toHaveCount(notes.length, { timeout: 30_000 });
  const listed = (await looking.objects.allTextContents()).join('\n');
  for (const payload of payloads.slice(0, 175)) expect(listed).toContain(payload.trim());
  const written = await looking.panel.evaluate((panel) => [
    ...new Set([...panel.querySelectorAll('*')].map(({ localName }) => localName)),
  ]);
  const drawn = 'bdi,button,canvas,circle,div,h2,header,li,path,rect,span,svg,ul'.split(',');
  expect(written.filter((name) => !drawn.includes(name))).toEqual([]);
  for (const user of [drawing, looking]) await user.turnsTo('Notes');
  const plain = payloads.filter((text) => /^[\x20-\x7E]+$/.test(text)).join('\n');
  await drawing.notes.fill(plain);
  await expect(looking.notes).toHaveValue(plain, { timeout: 30_000 });
  expect(strange).toEqual([]);
});

test('R84 R91 names of files and of pictures that want to be more are shown as names, and no page passes for a picture', async ({
  join,
}) => {
  const [alice, bob] = [await join('Alice'), await join('Bob')];
  const [a, b] = [new FileSharer(alice), new FileSharer(bob)];
  await a.opens();
  await b.opens();
  const strange = watch(alice, bob);
  const names = injections(SINK);
  // As somebody would who drops them all at once: a drawn picture, and pages that pass for one.
  await alice.page.evaluate(async (all) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [40, 30];
    canvas.getContext('2d')?.fillRect(0, 0, 40, 30);
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    if (!picture) throw new Error('There is no picture.');
    const evil = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
    const dataTransfer = new DataTransfer();
    // A drop of all would be a burst that the server holds up; the strangest are enough here, and `file-name.test.ts` has the rest.
    for (const [index, name] of all.entries()) {
      if (index % 12 !== 0 && index < 175) continue;
      const isPicture = index % 2 === 0;
      dataTransfer.items.add(
        new File([isPicture ? picture : evil], `${name}.png`, { type: 'image/png' }),
      );
    }
    const box = document.querySelector('textarea');
    box?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: dataTransfer, bubbles: true }));
  }, names);
  // The pictures wait to be sent; the others are offered at once.
  await expect(
    alice.page.getByRole('list', { name: 'Pictures not sent yet' }).getByRole('img').first(),
  ).toBeVisible();
  await a.box.press('Enter');
  const count = names.filter((_, index) => index % 12 === 0 || index >= 175).length;
  const cards = b.log.getByRole('article');
  await until(async () => {
    const there = await cards.count();
    return there === count ? '' : `Bob sees ${there} of ${count} files`;
  }, 60_000);
  const pictures = b.log.getByRole('img', { name: 'Picture: ' });
  await until(async () => {
    const drawn = await pictures.evaluateAll(
      (all) => all.filter((one) => (one as HTMLImageElement).naturalWidth === 40).length,
    );
    const wanted = names.filter((_, at) => at % 2 === 0 && (at % 12 === 0 || at >= 175)).length;
    return drawn === wanted ? '' : `Bob sees ${drawn} of ${wanted} pictures`;
  }, 60_000);
  const sources = await pictures.evaluateAll((all) => all.map((one) => one.getAttribute('src')));
  expect(sources.filter((source) => source?.startsWith('blob:') !== true)).toEqual([]);
  const made = await b.log.evaluate((log) => [
    ...new Set([...log.querySelectorAll('*')].map(({ localName }) => localName)),
  ]);
  const own = 'article,bdi,button,circle,div,header,img,p,path,rect,small,span,svg,time'.split(',');
  expect(made.filter((name) => !own.includes(name))).toEqual([]);
  const shown = await b.log
    .locator('bdi[title]')
    .evaluateAll((all) => all.map((one) => [(one as HTMLElement).title, one.textContent] as const));
  for (const [whole, text] of shown) {
    expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}/\\]/u);
    expect(text).toContain(whole);
  }
  // Saving is asked of the browser under the same harmless name.
  const drawn = bob.page.getByRole('img', { name: 'Picture: ' });
  const card = cards.filter({ has: drawn }).first();
  const name = await card.locator('bdi[title]').getAttribute('title');
  const saved = bob.page.waitForEvent('download');
  await card.getByRole('button', { name: 'Save', exact: true }).click();
  expect((await saved).suggestedFilename()).toBe(name);
  expect(strange).toEqual([]);
});
