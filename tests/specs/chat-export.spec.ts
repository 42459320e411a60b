import { ChatReader } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

test('the chat is saved as text by its reader, without what was deleted, and no second line passes for another message', async ({
  join,
}) => {
  const [alice, bob] = [await join('Alice'), await join('Bob', { whole: true })];
  const [a, b] = [new ChatReader(alice), new ChatReader(bob)];
  await a.opens();
  await b.opens();
  await a.says('keep this\nand this');
  await a.says('not this');
  await b.reads('keep this\nand this', 'not this');
  await a.does('Delete', 'not this');
  await b.reads('keep this\nand this', 'This message was deleted.');
  await b.does('Copy text', 'keep this');
  await b.box.press('ControlOrMeta+v');
  await expect(b.box).toHaveValue('keep this\nand this');
  await bob.page.getByRole('button', { name: 'Chat options' }).click();
  const [download] = await Promise.all([
    bob.page.waitForEvent('download'),
    bob.page.getByRole('button', { name: 'Save as text' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^chat-\d{4}-\d\d-\d\d\.txt$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toMatch(/^\[.+\] Alice: keep this\n {4}and this\n$/);
});
