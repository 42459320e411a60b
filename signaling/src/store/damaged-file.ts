import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Crc32c, crc32c, masked } from './crc32c.ts';

/** LevelDB's `doc/log_format.md`: records lie in blocks, each behind a checksum, its length and its kind. */
const BLOCK = 32_768;
const HEADER = 7;
/** A batch that is one record, and the first record of a longer batch. */
const BEGINNINGS = [1, 2];
const LAST_KIND = 4;

/** `doc/table_format.md`: blocks lie behind one another, each before its kind and its checksum, and a footer that ends with a number. */
const FOOTER = 48;
const MAGIC = 0xdb4775248b80fb57n;
const LAST_COMPRESSION = 1;

/**
 * The name of a file in LevelDB's `folder` that is damaged; undefined where none is. LevelDB itself leaves out most of what is damaged, or gives it out as it
 * is, says nothing, and deletes the file in the end.
 */
export async function damagedFile(folder: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const isDamaged = checks[path.extname(name)];
    if (isDamaged?.(await readFile(path.join(folder, name))) === true) return name;
  }
  return undefined;
}

const checks: Partial<Record<string, (file: Buffer) => boolean>> = {
  '.log': isLogDamaged,
  '.ldb': isTableDamaged,
};

/** Where nothing whole follows, it is no damage: the process died in the middle of writing what it had not acknowledged. */
function isLogDamaged(log: Buffer): boolean {
  let isBad = false;
  for (let at = 0; at + HEADER <= log.length;) {
    const end = at + BLOCK - (at % BLOCK);
    const record = at + HEADER <= end ? recordAt(log, at, end) : 'none';
    // Behind what is bad any byte may be where the next record begins, and zeros are only zeros.
    if (record === 'none') at = isBad && at + HEADER <= end ? at + 1 : end;
    else if (record === 'bad') {
      isBad = true;
      at++;
    } else {
      // The end of a batch may be on the disk without its beginning; but no other begins before it is there as a whole.
      if (isBad && BEGINNINGS.includes(record.kind)) return true;
      at += HEADER + record.length;
    }
  }
  return false;
}

/** The record at `at` of a block that ends at `end`: `none` where the rest of the block holds nothing. */
function recordAt(log: Buffer, at: number, end: number) {
  const length = log.readUInt16LE(at + 4);
  const kind = log[at + 6] ?? 0;
  if (kind === 0 && length === 0) return 'none';
  const next = at + HEADER + length;
  if (kind > LAST_KIND || next > Math.min(end, log.length)) return 'bad';
  const sum = masked(crc32c(log.subarray(at + 6, next)));
  return log.readUInt32LE(at) === sum ? { kind, length } : 'bad';
}

/** A table that has no end was not yet in use when the process died. */
function isTableDamaged(table: Buffer): boolean {
  const end = table.length - FOOTER;
  if (end < 0 || table.readBigUInt64LE(table.length - 8) !== MAGIC) return false;
  const blocks = table.subarray(0, end);
  let before: { at: number; end: number } | undefined;
  for (let at = 0; at < end;) {
    let next = endOfBlock(blocks, at);
    // What seemed to end the block before may have been bytes in the midst of it.
    if (next === undefined && before !== undefined) {
      ({ at } = before);
      next = endOfBlock(blocks, at, before.end + 1);
    }
    if (next === undefined) return true;
    before = { at, end: next };
    at = next;
  }
  return false;
}

/** Where the block that begins at `at` ends with its checksum, at `from` at the earliest: only a compressed index would say so. Undefined where it does not. */
function endOfBlock(blocks: Buffer, at: number, from = at): number | undefined {
  const sum = new Crc32c();
  for (let end = at + 5; end <= blocks.length; end++) {
    const kind = blocks[end - 5] ?? 0;
    sum.add(kind);
    const mayEnd = kind <= LAST_COMPRESSION && end >= from;
    if (mayEnd && blocks.readUInt32LE(end - 4) === masked(sum.value)) return end;
  }
  return undefined;
}
