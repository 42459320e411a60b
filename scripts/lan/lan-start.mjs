// What `npm start` does for the local network: a certificate, the origins it brings, and where others get in.
import path from 'node:path';
import { root } from '../run.mjs';
import { httpsOrigin, lanAddresses, ownNames } from './addresses.mjs';
import { announcement } from './announce.mjs';
import { keptCertificate } from './certificate.mjs';

/** Settings that make the server speak TLS to the whole network, over those in `env`. Certificates that `env` names are used as they are. */
export async function lanSettings(env = process.env) {
  const names = ownNames();
  const port = env.PORT || '3000';
  // The server itself says what is wrong with any other.
  const origins = isPort(port) ? names.map((name) => httpsOrigin(name, port)) : [];
  const settings = {
    ALLOWED_ORIGINS: [env.ALLOWED_ORIGINS, ...origins].filter(Boolean).join(','),
  };
  if (env.TLS_CERT || env.TLS_KEY) return settings;
  const folder = path.resolve(root, env.DATA_DIR || '.data', 'lan');
  const { certificate, key } = await keptCertificate(folder, names);
  return { ...settings, TLS_CERT: certificate, TLS_KEY: key };
}

function isPort(text) {
  return /^\d+$/.test(text) && Number(text) <= 65_535;
}

/** Watches what the server writes, and once it is ready says where others get in, if they do over TLS. */
export function announceWhenReady(env, say = (text) => process.stdout.write(text)) {
  let written = '';
  let isSaid = false;
  return (text) => {
    if (isSaid) return;
    written += text;
    const ready = /^Confab is ready at (https?:\/\/\S+)\n/m.exec(written);
    if (ready === null) return;
    isSaid = true;
    written = '';
    const url = new URL(ready[1]);
    if (url.protocol !== 'https:') return;
    const colours = process.stdout.isTTY === true;
    void announcement(waysIn(url, env), { isSelfMade: isOwn(env), colours }).then(say);
  };
}

/** The public address where there is one, else those that the server listens at. */
function waysIn(url, env) {
  if (env.PUBLIC_URL) return [new URL(env.PUBLIC_URL).origin];
  if (!['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) return [url.origin];
  const isLocal = env.HOST !== undefined && /^(localhost|127\.|::1$)/.test(env.HOST);
  if (isLocal) return [];
  return lanAddresses().map((address) => httpsOrigin(address, url.port || '443'));
}

function isOwn(env) {
  return env.TLS_CERT?.endsWith(path.join('lan', 'certificate.pem')) === true;
}
