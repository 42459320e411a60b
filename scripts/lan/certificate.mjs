// A certificate of one's own for the local network, made once and kept.
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';

const DAY_MS = 86_400_000;
/** Apple's systems take no certificate that is good for longer than 825 days. */
const GOOD_FOR_MS = 397 * DAY_MS;
const LEAST_LEFT_MS = 7 * DAY_MS;

/**
 * The paths of a certificate for all of `names` and of its key, in `folder`; `isNew` when none was kept that names them all, fits its
 * key and is good for another week.
 */
export async function keptCertificate(folder, names, now = Date.now()) {
  const kept = {
    certificate: path.join(folder, 'certificate.pem'),
    key: path.join(folder, 'key.pem'),
  };
  if (isOfUse(kept, names, now)) return { ...kept, isNew: false };
  const { cert, private: key } = await make(names, now);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(kept.key, key, { mode: 0o600 });
  writeFileSync(kept.certificate, cert);
  return { ...kept, isNew: true };
}

function isOfUse({ certificate, key }, names, now) {
  if (!existsSync(certificate) || !existsSync(key)) return false;
  try {
    const kept = new X509Certificate(readFileSync(certificate));
    return (
      kept.checkPrivateKey(createPrivateKey(readFileSync(key))) &&
      Date.parse(kept.validFrom) <= now &&
      Date.parse(kept.validTo) - now > LEAST_LEFT_MS &&
      names.every((name) => (isIP(name) ? kept.checkIP(name) : kept.checkHost(name)))
    );
  } catch {
    // What cannot be read is made anew: nothing but this file was made for it.
    return false;
  }
}

async function make(names, now) {
  // After the dependencies are installed, and only when one is to be made.
  const { generate } = await import('selfsigned');
  const altNames = names.map((name) =>
    isIP(name) ? { type: 7, ip: name } : { type: 2, value: name },
  );
  return generate([{ name: 'commonName', value: 'Confab on this network' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // Clocks in a network are not all right.
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + GOOD_FOR_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
}
