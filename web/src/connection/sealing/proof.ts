import { bytesOf, toBase64url } from './base64url.ts';

const SECRET_BYTES = 32;

/** What shows the server that one holds the link, without telling it the secret (R12). */
export async function deriveProof(secret: string): Promise<string> {
  const material = await crypto.subtle.importKey(
    'raw',
    bytesOf(secret, SECRET_BYTES),
    'HKDF',
    false,
    ['deriveBits'],
  );
  const info = new TextEncoder().encode('confab/1/proof');
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
    material,
    SECRET_BYTES * 8,
  );
  return toBase64url(new Uint8Array(bits));
}

/** What the server keeps of a proof, to recognise it (R2). */
export async function verifierOf(proof: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytesOf(proof, SECRET_BYTES));
  return toBase64url(new Uint8Array(digest));
}
