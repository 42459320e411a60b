import { ID_BYTES, SECRET_BYTES } from '@confab/protocol';
import { bytesOf } from './base64url.ts';

const text = new TextEncoder();

/** The AES-256-GCM key under which one participant's one incarnation seals (R13). Ids are base64url text. */
export async function deriveSenderKey(
  secret: string,
  meetingId: string,
  participantId: string,
  incarnation: string,
): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey(
    'raw',
    bytesOf(secret, SECRET_BYTES),
    'HKDF',
    false,
    ['deriveKey'],
  );
  const salt = await crypto.subtle.digest('SHA-256', bytesOf(meetingId, ID_BYTES));
  const info = text.encode(`confab/1/sender/${participantId}/${incarnation}`);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
