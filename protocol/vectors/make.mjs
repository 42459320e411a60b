// Writes vectors.json from fixed inputs with node:crypto alone, so that it shares no code with the app that is tested against it.
// node protocol/vectors/make.mjs
import { createCipheriv, createHash, hkdfSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';

const bytes = (length, first) => Buffer.from(Array.from({ length }, (_, i) => (first + i) & 255));
const text = (buffer) => Buffer.from(buffer).toString('base64url');
const hkdf = (secret, salt, info) => Buffer.from(hkdfSync('sha256', secret, salt, info, 32));
const sha256 = (data) => createHash('sha256').update(data).digest();

const secret = bytes(32, 0x00);
const meetingId = bytes(16, 0x20);
const sender = { id: bytes(16, 0x30), incarnation: bytes(16, 0x40) };
const addressee = { id: bytes(16, 0x50), incarnation: bytes(16, 0x60) };
const nobody = Buffer.alloc(16);

const proof = hkdf(secret, Buffer.alloc(0), 'confab/1/proof');
const salt = sha256(meetingId);
const senderKey = hkdf(
  secret,
  salt,
  `confab/1/sender/${text(sender.id)}/${text(sender.incarnation)}`,
);
const nameKey = hkdf(secret, salt, 'confab/1/name');

function frame(body, flag = 0) {
  const head = Buffer.alloc(5);
  head.writeUInt8(flag, 0);
  head.writeUInt32BE(body.length, 1);
  const padding = (256 - ((head.length + body.length) % 256)) % 256;
  return Buffer.concat([head, body, Buffer.alloc(padding)]);
}

function gcm(key, nonce, aad, plaintext) {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function envelope(purpose, to, counter, framed, messageId = Buffer.alloc(0)) {
  const count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(counter));
  const header = Buffer.concat([
    Buffer.from([1, purpose]),
    sender.incarnation,
    to.incarnation,
    count,
  ]);
  const aad = Buffer.concat([header, meetingId, sender.id, to.id, messageId]);
  return Buffer.concat([
    header,
    gcm(senderKey, Buffer.concat([Buffer.alloc(4), count]), aad, framed),
  ]);
}

const helloBody = JSON.stringify({ name: 'Zoë 👩‍🚀', fingerprint: Array(32).fill('AB').join(':') });
const ackBody = JSON.stringify({ epoch: 1, seq: 0, ack: 3 });
const offerBody = JSON.stringify({
  epoch: 2,
  seq: 1,
  ack: 0,
  body: { type: 'offer', sdp: 'v=0\r\n'.repeat(200) },
});
const messageBody = JSON.stringify({ kind: 'text', name: 'Zoë 👩‍🚀', text: 'Grüße,\n“Zoë” 👋' });
const messageId = bytes(16, 0x80);
const forEverybody = { id: nobody, incarnation: nobody };
const forAddressee = { id: addressee.id, incarnation: nobody };
const reactionBody = JSON.stringify({ emoji: '👏' });
const nameNonce = bytes(12, 0x70);
const nameHead = Buffer.from([1, 3]);
const noteNonce = bytes(12, 0x90);
const noteHead = Buffer.from([1, 6]);
const noteBody = JSON.stringify({ name: 'Zoë 👩‍🚀', text: 'Gleich geht’s los 👋' });

const vectors = {
  inputs: {
    secret: text(secret),
    meetingId: text(meetingId),
    sender: { participantId: text(sender.id), incarnation: text(sender.incarnation) },
    addressee: { participantId: text(addressee.id), incarnation: text(addressee.incarnation) },
  },
  keys: {
    proof: text(proof),
    verifier: text(sha256(proof)),
    senderKey: text(senderKey),
    nameKey: text(nameKey),
  },
  hello: {
    counter: 1,
    body: helloBody,
    sealed: text(
      envelope(1, { id: nobody, incarnation: nobody }, 1, frame(Buffer.from(helloBody))),
    ),
  },
  signal: {
    counter: 2,
    body: ackBody,
    sealed: text(envelope(2, addressee, 2, frame(Buffer.from(ackBody)))),
  },
  // Deflate has many right outputs: this one is for opening, not for comparing what one seals.
  deflatedSignal: {
    counter: 3,
    body: offerBody,
    sealed: text(envelope(2, addressee, 3, frame(deflateRawSync(Buffer.from(offerBody)), 1))),
  },
  message: {
    counter: 4,
    id: text(messageId),
    body: messageBody,
    sealed: text(envelope(4, forEverybody, 4, frame(Buffer.from(messageBody)), messageId)),
  },
  privateMessage: {
    counter: 5,
    id: text(messageId),
    body: messageBody,
    sealed: text(envelope(4, forAddressee, 5, frame(Buffer.from(messageBody)), messageId)),
  },
  reaction: {
    counter: 6,
    body: reactionBody,
    sealed: text(envelope(5, forEverybody, 6, frame(Buffer.from(reactionBody)))),
  },
  name: {
    nonce: text(nameNonce),
    name: 'Zoë 👩‍🚀',
    sealed: text(
      Buffer.concat([
        nameHead,
        nameNonce,
        gcm(nameKey, nameNonce, Buffer.concat([nameHead, meetingId]), frame(Buffer.from('Zoë 👩‍🚀'))),
      ]),
    ),
  },
  note: {
    nonce: text(noteNonce),
    to: text(addressee.id),
    body: noteBody,
    sealed: text(
      Buffer.concat([
        noteHead,
        noteNonce,
        gcm(
          nameKey,
          noteNonce,
          Buffer.concat([noteHead, meetingId, addressee.id]),
          frame(Buffer.from(noteBody)),
        ),
      ]),
    ),
  },
};
writeFileSync(new URL('vectors.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);
