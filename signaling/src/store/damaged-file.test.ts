import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { expect, onTestFinished, test } from 'vitest';
import { Crc32c, crc32c, masked } from './crc32c.ts';
import { damagedFile } from './damaged-file.ts';

test('CRC-32C has the values of RFC 3720', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

/** What LevelDB has written in 60 batches, short ones and such as go over several blocks, and its log. */
async function written() {
  const folder = mkdtempSync(path.join(tmpdir(), 'confab-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const level = new ClassicLevel(path.join(folder, 'level'));
  for (let batch = 0; batch < 60; batch++)
    await level.put(`key ${batch}`, 'x'.repeat(batch % 20 === 7 ? 70_000 : 300), { sync: true });
  // As it is when the process dies: without what closing does.
  const store = path.join(folder, 'store');
  cpSync(path.join(folder, 'level'), store, { recursive: true });
  await level.close();
  const name = readdirSync(store).find((file) => file.endsWith('.log')) ?? '';
  const log = readFileSync(path.join(store, name));
  const damaged = (bytes: Uint8Array) => {
    writeFileSync(path.join(store, name), bytes);
    return damagedFile(store);
  };
  return { name, log, damaged };
}

test('a log is whole as it was written, and wherever its writing ended', async () => {
  const { log, damaged } = await written();
  expect(log.length).toBeGreaterThan(200_000);
  expect(await damaged(log)).toBeUndefined();
  for (let end = 0; end < log.length; end += 997)
    expect(await damaged(log.subarray(0, end))).toBeUndefined();
});

test('a log whose end was never written to the disk is whole', async () => {
  const { log, damaged } = await written();
  for (const lost of [10, 400, 40_000]) {
    const end = Buffer.from(log.subarray(0, 20_000));
    end.fill(0, Math.max(0, end.length - lost));
    expect(await damaged(end)).toBeUndefined();
  }
});

test('one bit that is otherwise is noticed anywhere before the last batch', async () => {
  const { name, log, damaged } = await written();
  for (let at = 0; at < log.length - 1_000; at += 1_499) {
    const bytes = Buffer.from(log);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect([at, await damaged(bytes)]).toEqual([at, name]);
  }
});

test('in the last batch it cannot be told from what was never acknowledged', async () => {
  const { log, damaged } = await written();
  const bytes = Buffer.from(log);
  bytes[log.length - 5] = (bytes[log.length - 5] ?? 0) ^ 1;
  expect(await damaged(bytes)).toBeUndefined();
});

/** A table that LevelDB has written of these, and the name of its folder and file. */
async function tableOf(entries: [key: string, value: Buffer][], compression = true) {
  const folder = mkdtempSync(path.join(tmpdir(), 'confab-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const level = new ClassicLevel<string, Buffer>(folder, { valueEncoding: 'buffer', compression });
  for (const [key, value] of entries) await level.put(key, value);
  await level.compactRange('a', 'z');
  await level.close();
  const name = readdirSync(folder).find((file) => file.endsWith('.ldb')) ?? '';
  return { folder, name, table: readFileSync(path.join(folder, name)) };
}

const entriesFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, at): [string, Buffer] => {
    const key = String(first + at).padStart(4, '0');
    return [`key ${key}`, Buffer.from(`value ${(first + at) * 7_919}`)];
  });

/** Where it ends in a table that is whole, with its checksum. */
function endOfFirstBlock(table: Buffer): number {
  const sum = new Crc32c();
  for (const [at, byte] of table.entries()) {
    sum.add(byte);
    if (table.readUInt32LE(at + 1) === masked(sum.value)) return at + 5;
  }
  return 0;
}

test.each([0, 200])(
  'a table is whole in which bytes look like the end of a block, in the midst of one after %i entries',
  async (before) => {
    const mark = Buffer.from('what follows looks like the end of a block:');
    const withSum = (sum: number) => {
      const end = Buffer.from([1, 0, 0, 0, 0]);
      end.writeUInt32LE(sum, 1);
      const value = Buffer.concat([mark, end, Buffer.from('and is not')]);
      const marked: [string, Buffer] = ['key 4999', value];
      return tableOf([...entriesFrom(0, before), marked, ...entriesFrom(5_000, 400)], false);
    };
    const { table: first } = await withSum(0);
    const at = first.indexOf(mark) + mark.length;
    const begin = before === 0 ? 0 : endOfFirstBlock(first);
    expect(at).toBeGreaterThan(begin);
    const { folder, table } = await withSum(masked(crc32c(first.subarray(begin, at + 1))));
    expect(table.readUInt32LE(at + 1)).toBe(masked(crc32c(table.subarray(begin, at + 1))));
    expect(await damagedFile(folder)).toBeUndefined();
  },
);

test('one bit that is otherwise is noticed anywhere in the blocks of a table', async () => {
  const { folder, name, table } = await tableOf(entriesFrom(0, 3_000));
  expect(table.length).toBeGreaterThan(10_000);
  expect(await damagedFile(folder)).toBeUndefined();
  const unnoticed: number[] = [];
  for (let at = 0; at < table.length - 48; at += 331) {
    const bytes = Buffer.from(table);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path.join(folder, name), bytes);
    if ((await damagedFile(folder)) !== name) unnoticed.push(at);
  }
  expect(unnoticed).toEqual([]);
  // What was being written when the process died has no end, and is not used.
  writeFileSync(path.join(folder, name), table.subarray(0, 5_000));
  expect(await damagedFile(folder)).toBeUndefined();
});
