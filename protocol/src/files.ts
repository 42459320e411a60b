import * as z from 'zod/mini';
import { Digest } from './values.ts';

/** Largest file that can be offered, in bytes: 64 GiB, whose list of digests has 8 MiB (R84). */
export const MAX_FILE_BYTES = 68_719_476_736;

/** Bytes of a file that share a digest; its last block may be shorter (R85). */
export const FILE_BLOCK_BYTES = 262_144;

/** Most bytes of a file in one message: one message is sent whole, and what else the link has to say waits for it (R86). */
export const FILE_PIECE_BYTES = 16_384;

/** Longest name of an offered file in Unicode code points. */
export const MAX_FILE_NAME = 160;

/** Most pixels along one side of an offered picture. */
export const MAX_PICTURE_SIDE = 16_384;

const side = z.int().check(z.positive(), z.lte(MAX_PICTURE_SIDE));

/** What is said of a file in the chat (R84). */
export const FileOffer = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(MAX_FILE_NAME * 2)),
  /** Bytes. */
  size: z.int().check(z.nonnegative(), z.lte(MAX_FILE_BYTES)),
  /** SHA-256 of the list of digests (R85), base64url. */
  digest: Digest,
  /** Of a picture that may be shown: how large it is, in pixels. */
  picture: z.optional(z.strictObject({ width: side, height: side })),
});
export type FileOffer = z.infer<typeof FileOffer>;
