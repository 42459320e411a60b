import { describe, expect, test } from 'vitest';
import { frame, unframe } from './frame.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => index % 251);

describe('R18 frames', () => {
  test.each([0, 1, 250, 251, 252, 507, 508, 65_536])('R18 %i bytes come back', async (length) => {
    for (const deflate of [false, true]) {
      const framed = await frame(bytes(length), deflate);
      expect(framed.length % 256).toBe(0);
      expect(Array.from(await unframe(framed))).toEqual(Array.from(bytes(length)));
    }
  });

  test('R18 251 bytes fill one block, 252 need another', async () => {
    expect((await frame(bytes(251), false)).length).toBe(256);
    expect((await frame(bytes(252), false)).length).toBe(512);
  });

  test('R18 what inflates to 131,072 bytes is taken, one more is refused', async () => {
    const most = await frame(new Uint8Array(131_072), true);
    expect((await unframe(most)).length).toBe(131_072);
    await expect(unframe(await frame(new Uint8Array(131_073), true))).rejects.toMatchObject({
      kind: 'altered',
    });
  });

  test('R18 a bomb is refused', async () => {
    const bomb = await frame(new Uint8Array(50_000_000), true);
    await expect(unframe(bomb)).rejects.toMatchObject({ kind: 'altered' });
  });

  const changed = async (change: (framed: Uint8Array) => void, deflate = false) => {
    const framed = await frame(bytes(100), deflate);
    change(framed);
    return framed;
  };
  test.each<[string, () => Promise<Uint8Array<ArrayBuffer>>]>([
    ['nothing', () => Promise.resolve(new Uint8Array())],
    ['four bytes', () => Promise.resolve(new Uint8Array(4))],
    ['an unknown flag', () => changed((framed) => framed.set([2]))],
    ['a length beyond the end', () => changed((framed) => framed.set([1], 1))],
    [
      'a length that needs fewer blocks',
      async () => {
        const framed = await frame(bytes(300), false);
        framed.set([0, 10], 3);
        return framed;
      },
    ],
    ['padding that says something', () => changed((framed) => framed.set([1], 255))],
    ['a block too few', async () => (await frame(bytes(300), false)).slice(0, 256)],
    ['plain bytes that claim to be deflated', () => changed((framed) => framed.set([1]))],
    [
      'a deflated body cut short',
      () =>
        changed((framed) => {
          const length = new DataView(framed.buffer).getUint32(1) - 10;
          new DataView(framed.buffer).setUint32(1, length);
          framed.fill(0, 5 + length);
        }, true),
    ],
  ])('R19 %s is refused', async (_name, make) => {
    await expect(unframe(await make())).rejects.toMatchObject({ kind: 'altered' });
  });
});
