import { expect, it, vi } from 'vitest';
import { ChatEntry } from './chat-entry.svelte.ts';
import { SharedFile } from './shared-file.svelte.ts';

function fileOf(size: number): SharedFile {
  const file = { name: 'a.zip', size, digest: 'A' };
  const from = { from: 'ada', to: null, isOwn: false, name: 'Ada' };
  return new SharedFile(new ChatEntry({ id: 'id', ...from, text: '', replyTo: null, file }), file);
}

it.each([
  [200_000_000, 101],
  [10_000_000_000, 5_001],
])('what arrives of %i bytes is shown in %i steps, from nothing to all of it', (size, most) => {
  const file = fileOf(size);
  const seen = new Set<number>();
  for (let bytes = 0; bytes <= size; bytes += 250_000) {
    file.arrived(bytes);
    seen.add(file.bytes);
    expect(bytes - file.bytes).toBeLessThan(2_000_000);
  }
  expect(seen.size).toBe(most);
  expect(file.share).toBe(1);
  file.arrived(0);
  expect(file.share).toBe(0);
});

it('of a small file every piece is shown', () => {
  const file = fileOf(10);
  file.arrived(3);
  expect(file.bytes).toBe(3);
});

it('what others have is shown for each per cent, and whoever has declined may have it after all', () => {
  const file = fileOf(1_000);
  const set = vi.spyOn(file.deliveries, 'set');
  for (let share = 0; share <= 1_000; share++) file.delivered('bo', share / 1_000);
  expect(set).toHaveBeenCalledTimes(101);
  expect(file.deliveries.get('bo')).toEqual({ share: 1, isDeclined: false });
  file.deliveries.set('bo', { share: 0, isDeclined: true });
  file.delivered('bo', 0);
  expect(file.deliveries.get('bo')).toEqual({ share: 0, isDeclined: false });
});
