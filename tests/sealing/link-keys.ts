import { createHash, hkdfSync } from 'node:crypto';

/** Shows at admission that somebody holds the link (R12). Secret and proof are base64url text. */
export function proofOf(secret: string): string {
  return derive(secret, Buffer.alloc(0), 'confab/1/proof').toString('base64url');
}

/** All the server keeps of the proof (R2). */
export function verifierOf(secret: string): string {
  return createHash('sha256')
    .update(Buffer.from(proofOf(secret), 'base64url'))
    .digest('base64url');
}

/** The AES-256-GCM key of one participant's one incarnation (R13). */
export function senderKeyOf(
  secret: string,
  meetingId: string,
  participantId: string,
  incarnation: string,
): Buffer {
  const salt = createHash('sha256').update(Buffer.from(meetingId, 'base64url')).digest();
  return derive(secret, salt, `confab/1/sender/${participantId}/${incarnation}`);
}

function derive(secret: string, salt: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), salt, info, 32));
}
