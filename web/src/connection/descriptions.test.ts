import { describe, expect, test } from 'vitest';
import { hasAgreedSections } from './description-check.ts';
import { withOpusDtx } from './opus-dtx.ts';
import { fakeFingerprint, fakeSdp } from './test/fake-connection.ts';

const sdp = fakeSdp(fakeFingerprint(1));

describe('R32 sections', () => {
  test('R32 the agreed ones', () => {
    expect(hasAgreedSections(sdp)).toBe(true);
  });

  test.each([
    ['none', 'v=0\r\n'],
    ['one less', sdp.slice(0, sdp.indexOf('m=application'))],
    ['one more', `${sdp}m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n`],
    [
      'another order',
      sdp.replace('m=audio', 'm=tmp').replace('m=video', 'm=audio').replace('m=tmp', 'm=video'),
    ],
    [
      'more candidates than a browser gathers',
      sdp + 'a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n'.repeat(129),
    ],
  ])('R32 %s', (_name, text) => {
    expect(hasAgreedSections(text)).toBe(false);
  });
});

test('silence is asked for where there is Opus, and nowhere else', () => {
  const lines = [
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=rtpmap:63 red/48000/2',
    'a=fmtp:63 111/111',
    'a=rtpmap:96 VP8/90000',
    'a=fmtp:97 apt=96',
    'a=rtpmap:109 opus/48000/2',
    'a=fmtp:109 usedtx=0',
  ];
  const asked = [...lines];
  asked[1] = 'a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1';
  for (const end of ['\r\n', '\n']) {
    expect(withOpusDtx(lines.join(end)).split(/\r?\n/)).toEqual(asked);
  }
  expect(withOpusDtx(lines.join('\r\n'))).toBe(asked.join('\r\n'));
});
