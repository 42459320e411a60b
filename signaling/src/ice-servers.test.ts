import { expect, test } from 'vitest';
import { iceServersFor } from './ice-servers.ts';

const NOW = 1_700_000_000_000;
const turn = { turnUrls: ['turn:turn.example:3478'], turnSecret: 'north', turnTtl: 600 };

test('without settings nobody is asked', () => {
  expect(
    iceServersFor('p', { stunUrls: [], turnUrls: [], turnSecret: null, turnTtl: 600 }, NOW),
  ).toEqual({ iceServers: [] });
});

test('the TURN credential is coturn’s: expiry and participant, signed with HMAC-SHA1', () => {
  // echo -n 1700000600:p | openssl dgst -sha1 -hmac north -binary | base64
  expect(iceServersFor('p', { stunUrls: ['stun:a.example'], ...turn }, NOW)).toEqual({
    iceServers: [
      { urls: ['stun:a.example'] },
      {
        urls: ['turn:turn.example:3478'],
        username: '1700000600:p',
        credential: 'RxN/qo3ZzXydxeyLLNDTL6Y9Ljo=',
      },
    ],
    iceLifetime: 600,
  });
});
