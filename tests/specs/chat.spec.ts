import { ChatReader } from '../fixtures/chat.ts';
import { makeMeeting } from '../fixtures/make-meeting.ts';
import type { Participant } from '../fixtures/participant.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';

/** Opens everybody's chat. */
async function chatting(...people: Participant[]): Promise<ChatReader[]> {
  const readers = people.map((person) => new ChatReader(person));
  for (const reader of readers) await reader.opens();
  return readers;
}

test('R91 two people write to each other, and who comes late reads it all in the same order: lines, links, pictures, emoji, and the end in view', async ({
  join,
}) => {
  const [alice, bob] = [await join('Alice'), await join('Bob', { browser: 'firefox' })];
  const [a, b] = (await chatting(alice, bob)) as [ChatReader, ChatReader];
  await a.says('Hello Bob');
  await b.reads('Hello Bob');
  await b.says('Hello Alice,\nthis is a second line');
  await a.says('Good');
  const all = ['Hello Bob', 'Hello Alice,\nthis is a second line', 'Good'];
  await b.reads(...all);
  await a.reads(...all);
  const carol = await join('Carol');
  const [c] = (await chatting(carol)) as [ChatReader];
  await c.reads(...all);
  await expect(c.message('Hello Bob')).toContainText('Alice');

  // Too long a message stays where it is, with a word about it.
  await a.box.fill('👋'.repeat(4_002));
  await expect(alice.page.getByRole('alert')).toContainText('2 characters too long');
  await a.box.press('Enter');
  await expect(a.box).toHaveValue(/👋/);
  await a.box.fill('👋'.repeat(4_000));
  await a.box.press('Enter');
  await until(async () =>
    (await a.texts.count()) === 4 ? '' : 'the message of 4,000 characters is not shown',
  );

  // A link opens a page of its own, which learns nothing of this one.
  await a.says('See https://example.org/a?b=1, or javascript:alert(1)');
  const links = b.log.getByRole('link');
  await expect(links).toHaveCount(1);
  await expect(links).toHaveText('https://example.org/a?b=1');
  for (const [attribute, value] of Object.entries({
    href: 'https://example.org/a?b=1',
    target: '_blank',
    rel: 'noopener noreferrer',
    referrerpolicy: 'no-referrer',
  }))
    await expect(links).toHaveAttribute(attribute, value);

  // A picture that is pasted waits beside the words, goes out with them, and is drawn at once.
  await a.box.evaluate(async (box) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [80, 60];
    const paint = canvas.getContext('2d');
    if (!paint) throw new Error('There is nothing to paint on.');
    paint.fillStyle = '#c02040';
    paint.fillRect(0, 0, 80, 60);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    if (!blob) throw new Error('There is no picture.');
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([blob], 'image.png', { type: 'image/png' }));
    // Firefox gives an event of a page's making no files.
    const paste = new Event('paste', { bubbles: true });
    Object.defineProperty(paste, 'clipboardData', { value: clipboardData });
    box.dispatchEvent(paste);
  });
  const waiting = alice.page.getByRole('list', { name: 'Pictures not sent yet' });
  await expect(waiting.getByRole('img', { name: 'Picture: image.png' })).toBeVisible();
  await a.says('As it looks today');
  await expect(waiting).toHaveCount(0);
  for (const reader of [a, b]) {
    const picture = reader.log.getByRole('img', { name: 'Picture: image.png' });
    await expect(picture).toBeVisible();
    await until(async () => {
      const size = await picture.evaluate((one: HTMLImageElement) => one.naturalWidth);
      return size === 80 ? '' : `the picture is ${size} pixels wide`;
    });
  }

  // An emoji is picked by keyboard alone.
  await a.box.fill('Well done ');
  await alice.page.getByRole('button', { name: 'Emoji' }).press('Enter');
  const search = alice.page.getByRole('searchbox', { name: 'Search emoji' });
  await expect(search).toBeFocused();
  await search.pressSequentially('troph');
  await alice.page.keyboard.press('ArrowDown');
  await expect(alice.page.getByRole('button', { name: '🏆' })).toBeFocused();
  await alice.page.keyboard.press('Enter');
  await alice.page.keyboard.press('Escape');
  await expect(search).toHaveCount(0);
  await a.box.press('Enter');
  await expect(b.message('Well done 🏆')).toBeVisible();

  // The end stays in view, unless one has scrolled away from it.
  for (let index = 1; index <= 15; index++) await a.says(`Line ${index}\nand another`);
  await expect(b.message('Line 15')).toBeInViewport();
  await b.log.evaluate((log) => log.scrollTo({ top: 0 }));
  await expect(b.message('Line 15')).not.toBeInViewport();
  const pill = bob.page.getByRole('button', { name: 'New messages' });
  await expect(pill).toHaveCount(0);
  await a.says('The news');
  await pill.click();
  await expect(b.message('The news')).toBeInViewport();
  await expect(pill).toHaveCount(0);
});

test('R45 R47 what is said while the chat is closed is counted and shown for a moment; who writes is seen; a message is answered, edited, reacted to and taken back', async ({
  join,
}) => {
  const [alice, bob] = [await join('Alice', { browser: 'firefox' }), await join('Bob')];
  const [a] = (await chatting(alice)) as [ChatReader];
  const b = new ChatReader(bob);
  await a.says('First');
  await a.says('Second');
  await expect(bob.control('Chat')).toHaveAccessibleDescription(/2 unread messages/);
  await bob.isTold('Message from Alice: Second');
  await expect(bob.page.getByRole('button', { name: 'Alice Second' })).toBeVisible();
  await bob.page.keyboard.press('c');
  await b.reads('First', 'Second');
  await expect(bob.control('Chat')).not.toHaveAccessibleDescription(/unread/);
  await expect(b.box).toBeFocused();
  await b.says('cc');
  await a.reads('First', 'Second', 'cc');
  await bob.page.keyboard.press('Escape');
  await expect(b.log).toHaveCount(0);
  await expect(bob.control('Chat')).toBeFocused();
  // What was read stays read.
  await bob.page.reload();
  await bob.isInMeeting();
  await b.opens();
  await b.reads('First', 'Second', 'cc');

  // One sees who is writing, until the message comes.
  const writing = bob.page.getByText('Alice is writing…');
  // A hint may get lost on its way; whoever goes on writing gives another.
  await until(async () => {
    await a.box.pressSequentially('.');
    return (await writing.isVisible()) ? '' : 'Bob does not see that Alice is writing';
  });
  await a.says('Wait');
  await expect(b.message('Wait')).toBeVisible();
  await expect(writing).toHaveCount(0);

  // A message is answered, edited, reacted to and taken back, and all see the same.
  await a.says('Lunch at twelve');
  await b.does('Reply', 'Lunch at twelve');
  await b.says('Fine');
  await expect(a.message('Fine').getByRole('blockquote')).toHaveText(/You\s*Lunch at twelve/);
  await a.does('Edit', 'Lunch at twelve');
  await a.box.press('ControlOrMeta+a');
  await a.says('Lunch at one');
  await expect(a.message('Lunch at one')).toBeVisible();
  await expect(b.message('Lunch at twelve')).toHaveCount(0);
  await expect(b.message('Lunch at one')).toContainText('edited');
  const lunch = b.message('Lunch at one');
  await lunch.getByRole('button', { name: 'Actions for message' }).press('Enter');
  await bob.page.keyboard.press('ArrowRight');
  await bob.page.keyboard.press('Enter');
  const hearts = a.message('Lunch at one').getByRole('button', { name: '❤️ 1: Bob' });
  await expect(hearts).toBeVisible();
  await hearts.click();
  await expect(lunch.getByRole('button', { name: '❤️ 2: You and Alice' })).toBeVisible();
  await b.does('Delete', 'Fine');
  await a.reads('First', 'Second', 'cc', 'Wait', 'Lunch at one', 'This message was deleted.');
});

test('R42 a private message reaches its addressee, never the third, nor anybody later; what was meant for somebody who has left goes to nobody else', async ({
  join,
}) => {
  const [alice, bob, carol] = [
    await join('Alice'),
    await join('Bob', { browser: 'firefox' }),
    await join('Carol'),
  ];
  const [a, b, c] = (await chatting(alice, bob, carol)) as [ChatReader, ChatReader, ChatReader];
  await a.turnsTo('Bob');
  await a.says('Between us');
  await b.reads('Between us');
  await expect(b.message('Between us')).toContainText('Only for you');
  await expect(a.message('Between us')).toContainText('Only for Bob');
  await b.does('Reply', 'Between us');
  await b.says('Of course');
  await a.turnsTo('Everyone');
  await a.says('For all');
  await c.reads('For all');
  await a.reads('Between us', 'Of course', 'For all');
  await carol.page.reload();
  await carol.isInMeeting();
  await c.opens();
  await c.reads('For all');

  await a.turnsTo('Bob');
  await a.box.fill('Just for you');
  await bob.leaves();
  await expect(alice.page.getByRole('alert')).toHaveText(/Bob has left/);
  await a.box.press('Enter');
  await expect(a.box).toHaveValue('Just for you');
  await a.turnsTo('Carol');
  await a.box.press('Enter');
  await c.reads('For all', 'Just for you');
  await expect(c.message('Just for you')).toContainText('Only for you');
});

test('R41 R42 R43 with the server killed in between nothing is lost, nothing comes twice', async ({
  arrive,
  ownServer,
}) => {
  const server = await ownServer();
  const meeting = await makeMeeting(server.url);
  const people = [];
  for (const name of ['Alice', 'Bob']) {
    const person = await arrive(name, { browser: name === 'Bob' ? 'firefox' : 'chromium' });
    await person.joins(meeting);
    people.push(person);
  }
  const [alice, bob] = people as [Participant, Participant];
  const [a, b] = (await chatting(alice, bob)) as [ChatReader, ChatReader];
  await a.says('before');
  await b.reads('before');
  await server.kill();
  await a.says('during');
  await expect(a.message('during')).toContainText('Sending…');
  // Whoever leaves is asked first, and whoever loads the page anew loses nothing.
  await alice.control('Leave').click();
  const question = alice.page.getByRole('dialog', { name: 'Leave before it is sent?' });
  await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused();
  await alice.page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(alice.control('Leave')).toBeFocused();
  alice.page.on('dialog', (asked) => asked.accept());
  await alice.page.goto('about:blank');
  await server.start();
  await alice.page.goto(meeting);
  await alice.isInMeeting();
  await b.reads('before', 'during');
  await a.opens();
  await b.says('after');
  await a.reads('before', 'during', 'after');
  await expect(a.log.getByText('Sending…')).toHaveCount(0);
  const carol = await arrive('Carol');
  await carol.joins(meeting);
  const [c] = (await chatting(carol)) as [ChatReader];
  await c.reads('before', 'during', 'after');
});
