import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

type Parts = {
  header?: unknown;
  claims?: unknown;
  payload?: string;
  key?: KeyObject | string;
  algorithm?: string;
};

/**
 * Tokens that look like `purpose`'s and must not be accepted, by what is wrong with them. `good` are the claims of a
 * good one at `now` (seconds since 1970), `key` the server's.
 */
export function badTokens(
  good: Record<string, unknown>,
  typ: string,
  key: KeyObject,
  now: number,
): Record<string, unknown> {
  const header = { alg: 'HS256', typ };
  const token = (parts: Parts = {}) => {
    const head = encode(JSON.stringify(parts.header ?? header));
    const body = encode(parts.payload ?? JSON.stringify(parts.claims ?? good));
    return signed(`${head}.${body}`, parts.key ?? key, parts.algorithm);
  };
  const claims = (changed: Record<string, unknown>) => token({ claims: { ...good, ...changed } });
  const without = (name: string) =>
    token({ claims: Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)) });
  const valid = token();
  const [head = '', body = '', signature = ''] = valid.split('.');
  const text = JSON.stringify(good);
  const unsigned = (alg: string) => `${encode(JSON.stringify({ alg, typ }))}.${body}.`;
  const foreign = typ === 'participant+jwt' ? 'invitation+jwt' : 'participant+jwt';

  return {
    'alg none': unsigned('none'),
    'alg None': unsigned('None'),
    'alg nOnE': unsigned('nOnE'),
    'alg none with the signature': token({ header: { alg: 'none', typ } }),
    'empty signature': `${head}.${body}.`,
    'no signature': `${head}.${body}`,
    'signature of another token': `${head}.${body}.${claims({ role: 'host', iat: now - 5 }).split('.')[2] ?? ''}`,
    'signature cut short': valid.slice(0, -1),
    'signature in another spelling': `${head}.${body}.${otherSpelling(signature)}`,
    'wrong key': token({ key: 'another secret of more than thirty-two bytes' }),
    'empty key': token({ key: '' }),
    'HS512 with the same key': token({ header: { alg: 'HS512', typ }, algorithm: 'sha512' }),
    'HS384 with the same key': token({ header: { alg: 'HS384', typ }, algorithm: 'sha384' }),
    'RS256 in the header': token({ header: { alg: 'RS256', typ } }),
    'ES256 in the header': token({ header: { alg: 'ES256', typ } }),
    'alg in lower case': token({ header: { alg: 'hs256', typ } }),
    'alg written with an escape': signed(
      `${encode(`{"alg":"\\u0048S256","typ":"${typ}"}`)}.${body}`,
      key,
    ),
    'no alg': token({ header: { typ } }),
    'no typ': token({ header: { alg: 'HS256' } }),
    'typ JWT': token({ header: { alg: 'HS256', typ: 'JWT' } }),
    'typ of the other purpose': token({ header: { alg: 'HS256', typ: foreign } }),
    'typ of a refresh token': token({ header: { alg: 'HS256', typ: 'refresh+jwt' } }),
    'unknown crit': token({ header: { ...header, crit: ['x'], x: 1 } }),
    'empty crit': token({ header: { ...header, crit: [] } }),
    'b64 false': token({ header: { ...header, b64: false, crit: ['b64'] } }),
    'embedded jwk': token({ header: { ...header, jwk: { kty: 'oct', k: 'AAAA' } } }),
    'jku elsewhere': token({ header: { ...header, jku: 'http://127.0.0.1/keys' } }),
    'kid is a path': token({ header: { ...header, kid: '../../dev/null' } }),
    'kid asks a database': token({ header: { ...header, kid: "' OR 1=1 --" } }),
    'zip in the header': token({ header: { ...header, zip: 'DEF' } }),
    'header twice the same key': signed(
      `${encode(`{"alg":"HS256","alg":"HS256","typ":"${typ}"}`)}.${body}`,
      key,
    ),
    'expired an hour ago': claims({ iat: now - 7_000, exp: now - 3_600 }),
    'expired long enough for any clock': claims({ iat: now - 3_600, exp: now - 31 }),
    'no exp': without('exp'),
    'exp as text': claims({ exp: String(good.exp) }),
    'exp 1e18': claims({ exp: 1e18 }),
    'exp beyond all integers': token({ payload: text.replace(/"exp":\d+/, '"exp":1e999') }),
    'exp null': claims({ exp: null }),
    'exp with a fraction': claims({ exp: Number(good.exp) + 0.5 }),
    'exp negative': claims({ exp: -1 }),
    'exp before iat': claims({ exp: Number(good.iat) - 1 }),
    'exp written in another way': token({ payload: text.replace(/"exp":(\d+)/, '"exp":$1.0') }),
    'lives too long': claims({ exp: now + 500 * 86_400 }),
    'no iat': without('iat'),
    'iat as text': claims({ iat: String(good.iat) }),
    'iat a day ahead': claims({ iat: now + 86_400, exp: now + 86_401 }),
    'iat a minute ahead': claims({ iat: now + 60 }),
    'nbf ahead': claims({ nbf: now + 600 }),
    'wrong aud': claims({ aud: 'elsewhere' }),
    'no aud': without('aud'),
    'aud in a list': claims({ aud: [good.aud] }),
    'wrong iss': claims({ iss: 'somebody' }),
    'no iss': without('iss'),
    'no meeting': without('meeting'),
    'meeting in a list': claims({ meeting: [good.meeting] }),
    'meeting *': claims({ meeting: '*' }),
    'meeting with a space': claims({ meeting: `${String(good.meeting)} ` }),
    'an unknown meeting': claims({ meeting: 'AAAAAAAAAAAAAAAAAAAAAA' }),
    'no role': without('role'),
    'unknown role': claims({ role: 'admin' }),
    'role in a list': claims({ role: ['host'] }),
    'unknown claim': claims({ admin: true }),
    '__proto__ as a claim': token({ payload: text.replace('{', '{"__proto__":{"role":"host"},') }),
    'payload in a list': token({ claims: [good] }),
    'payload a text': token({ claims: 'host' }),
    'payload null': token({ payload: 'null' }),
    'payload no JSON': token({ payload: 'host' }),
    'payload empty': token({ payload: '' }),
    'a claim twice': token({ payload: text.replace('}', `,"role":"host"}`) }),
    'white space in the payload': token({ payload: ` ${text}` }),
    'data after the payload': token({ payload: `${text}{}` }),
    'a claim written with an escape': token({ payload: text.replace('"iss"', '"\\u0069ss"') }),
    'base64 with padding': `${head}=.${body}.${signature}`,
    'base64 of the old alphabet': valid.replaceAll('-', '+').replaceAll('_', '/') + '=',
    'a space before': ` ${valid}`,
    'a line break after': `${valid}\n`,
    'one more part': `${valid}.AAAA`,
    'two more dots': `${valid}..`,
    'five parts as an encrypted token': `${head}..${body}..${signature}`,
    'JSON serialisation': JSON.stringify({ protected: head, payload: body, signature }),
    'two thousand bytes more': claims({ role: 'host'.repeat(600) }),
    'a hundred thousand bytes': claims({ role: 'host'.repeat(25_000) }),
    'with Bearer': `Bearer ${valid}`,
    words: 'let me in',
    dots: '..',
    empty: '',
    null: null,
    'a number': 7,
    true: true,
    'a list': [valid],
    'an object': { token: valid },
  };
}

/** A token with these claims, signed as the server signs. */
export function signedToken(claims: object, typ: string, key: KeyObject): string {
  const header = encode(JSON.stringify({ alg: 'HS256', typ }));
  return signed(`${header}.${encode(JSON.stringify(claims))}`, key);
}

function signed(input: string, key: KeyObject | string, algorithm = 'sha256'): string {
  return `${input}.${createHmac(algorithm, key).update(input).digest('base64url')}`;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** The same bytes with other unused bits in the last character. */
function otherSpelling(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(part.slice(-1));
  return part.slice(0, -1) + (alphabet[last ^ 1] ?? '');
}
