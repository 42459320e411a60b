import { randomBytes } from 'node:crypto';
import type { Finding } from './finding.ts';
import { ATTRIBUTE, CLASS, METHOD, encode } from '../client/stun-message.ts';
import { type RelayUrl, openTransport } from '../client/transport.ts';

const LISTEN_MS = 500;

/** What strangers may ask, and how many bytes may come back for each of theirs: their address may be forged. */
const questions = [
  { name: 'Binding', bytes: encode(METHOD.binding, CLASS.request, [], null), most: 1.6 },
  {
    name: 'a challenge',
    bytes: encode(
      METHOD.allocate,
      CLASS.request,
      [[ATTRIBUTE.requestedTransport, Buffer.from([17, 0, 0, 0])]],
      null,
    ),
    most: 3,
  },
  { name: 'noise', bytes: randomBytes(64), most: 0 },
];

/** Over UDP alone, where addresses can be forged. */
export async function tryAmplification({ host, port }: RelayUrl): Promise<Finding> {
  const found: Finding = { name: 'amplification', tries: questions.length, faults: [], remark: '' };
  const factors: string[] = [];
  for (const { name, bytes, most } of questions) {
    const transport = await openTransport({ host, port, via: 'udp' }, { isStrict: false });
    let received = 0;
    transport.onMessage = (answer) => (received += answer.length);
    transport.send(bytes);
    await new Promise((done) => setTimeout(done, LISTEN_MS));
    transport.close();
    const factor = received / bytes.length;
    factors.push(`${name} ${factor.toFixed(2)}`);
    if (factor > most)
      found.faults.push(`${name}: ${factor.toFixed(2)} bytes for each, more than ${most}`);
  }
  found.remark = factors.join(', ');
  return found;
}
