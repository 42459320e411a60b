/** The certificate of one page load: every link shows it, and the sealed hello vouches for it (R20). */
export type PageCertificate = {
  certificate: RTCCertificate;
  /** As SDP writes it: 32 upper-case pairs. */
  fingerprint: string;
};

let present: Promise<PageCertificate> | null = null;

/** Makes the page's certificate at the first call; later calls get the same one. */
export function pageCertificate(): Promise<PageCertificate> {
  present ??= makeCertificate();
  return present;
}

async function makeCertificate(): Promise<PageCertificate> {
  const curve: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
  const certificate = await RTCPeerConnection.generateCertificate(curve);
  const fingerprint = await fingerprintOf(certificate);
  return { certificate, fingerprint: fingerprint.toUpperCase() };
}

/** Firefox does not tell a certificate's fingerprint but writes it into every offer. */
async function fingerprintOf(certificate: RTCCertificate): Promise<string> {
  if ('getFingerprints' in certificate) {
    const known = certificate.getFingerprints().find(({ algorithm }) => algorithm === 'sha-256');
    if (known?.value !== undefined) return known.value;
  }
  const connection = new RTCPeerConnection({ iceServers: [], certificates: [certificate] });
  connection.createDataChannel('fingerprint');
  const { sdp } = await connection.createOffer();
  connection.close();
  const fingerprint = /^a=fingerprint:sha-256 ([0-9a-f:]+)/im.exec(sdp ?? '')?.[1];
  if (fingerprint === undefined) throw new Error('The browser does not say its fingerprint.');
  return fingerprint;
}
