import { MAX_NOTE, MAX_SEALED_NOTE } from '@confab/protocol';
import vectors from '@confab/protocol/vectors.json';
import { expect, test } from 'vitest';
import { openNote, sealNote } from './note.ts';
import { RefusedSeal } from './refused-seal.ts';

const { secret, meetingId, sender, addressee } = vectors.inputs;
const route = { secret, meetingId, to: addressee.participantId };
const { sealed } = vectors.note;

test('R72 a note of the vectors opens for whom it is', async () => {
  expect(await openNote(route, sealed)).toEqual(JSON.parse(vectors.note.body));
});

test('R72 what one seals opens, the longest too, and fits', async () => {
  const note = { name: '👋'.repeat(64), text: '\u{1F44B}'.repeat(MAX_NOTE / 2) };
  const longest = await sealNote(route, note);
  expect(longest.length).toBeLessThanOrEqual(MAX_SEALED_NOTE);
  expect(await openNote(route, longest)).toEqual(note);
});

test.each<[string, typeof route, string]>([
  ['for somebody else', { ...route, to: sender.participantId }, sealed],
  ['of another meeting', { ...route, meetingId: sender.participantId }, sealed],
  ['that was altered', route, `${sealed.slice(0, -4)}AAAA`],
  ['of another purpose', route, vectors.name.sealed],
  ['that is nothing', route, ''],
])('R72 a note %s is refused', async (_, to, text) => {
  await expect(openNote(to, text)).rejects.toThrow(RefusedSeal);
});

test('R72 a note without words, or with more than there is room for, is refused', async () => {
  for (const text of ['', 'a'.repeat(MAX_NOTE + 1)])
    await expect(openNote(route, await sealNote(route, { name: 'Ada', text }))).rejects.toThrow(
      RefusedSeal,
    );
});
