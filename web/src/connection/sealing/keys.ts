import { ID_BYTES, SECRET_BYTES } from '@confab/protocol';
import { bytesOf } from './base64url.ts';

const text = new TextEncoder();

type Root = Promise<[material: CryptoKey, salt: ArrayBuffer]>;

/** What all keys of a link are derived from; kept, since each of its steps is a way to another thread and back, and joining waits for them. */
const roots = new Map<string, Root>();

/** Does what does not depend on who seals, for whoever will soon derive keys of this link. */
export function rootOf(secret: string, meetingId: string): Root {
  const link = `${meetingId} ${secret}`;
  const known = roots.get(link);
  if (known) return known;
  const root = makeRoot(secret, meetingId);
  roots.set(link, root);
  root.catch(() => roots.delete(link));
  return root;
}

async function makeRoot(secret: string, meetingId: string): Root {
  return Promise.all([
    crypto.subtle.importKey('raw', bytesOf(secret, SECRET_BYTES), 'HKDF', false, ['deriveKey']),
    crypto.subtle.digest('SHA-256', bytesOf(meetingId, ID_BYTES)),
  ]);
}

/** The AES-256-GCM key under which one participant's one incarnation seals (R13). Ids are base64url text. */
export async function deriveSenderKey(
  secret: string,
  meetingId: string,
  participantId: string,
  incarnation: string,
): Promise<CryptoKey> {
  const [material, salt] = await rootOf(secret, meetingId);
  const info = text.encode(`confab/1/sender/${participantId}/${incarnation}`);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
