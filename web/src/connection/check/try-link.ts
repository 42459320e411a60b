import { median } from './median.ts';

/** What became of a link that a page made with itself. */
export type LinkTrial = {
  /** Which kinds of addresses the browser found, and, for who wants them in a report, which. */
  candidates: { type: string; protocol: string; address: string }[];
  /** What STUN and TURN servers answered instead of an address: 401, 486…, or 701 for no answer (W3C WebRTC §4.8.3). */
  errors: number[];
  /** Whether the browser has stopped looking, so that who has not answered will not. */
  isComplete: boolean;
  /** Milliseconds for a message there and back through the open link; null where none opened. */
  roundTrip: number | null;
};

/** A TURN server that is there answers within a second; browsers go on asking one that is not for some ten. */
const PATIENCE_MS = 8_000;
const PINGS = 5;

/**
 * Makes a link from this page to itself, by `configuration` at both ends: with the policy `relay` every byte goes to the TURN
 * server and back. Resolves once the link stands and all addresses are found, when it cannot come to stand any more, or after 8 s.
 */
export async function tryLink(configuration: RTCConfiguration): Promise<LinkTrial> {
  const [near, far] = [new RTCPeerConnection(configuration), new RTCPeerConnection(configuration)];
  const trial: LinkTrial = { candidates: [], errors: [], isComplete: false, roundTrip: null };
  const gathered = new Promise<void>((resolve) => {
    near.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) {
        trial.isComplete = true;
        resolve();
      } else if (candidate.candidate !== '') trial.candidates.push(describe(candidate));
    });
    near.addEventListener('icecandidateerror', ({ errorCode }) => trial.errors.push(errorCode));
  });
  pass(near, far);
  pass(far, near);
  const measured = measure(near, far).then((roundTrip) => (trial.roundTrip = roundTrip));
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await introduce(near, far);
    const outcome = gathered.then(() => (trial.candidates.length > 0 ? measured : undefined));
    await Promise.race([outcome, patience]);
    return trial;
  } finally {
    clearTimeout(timer);
    near.close();
    far.close();
  }
}

/** By RFC 8839 §5.1: foundation, component, transport, priority, address, port, `typ`, type. */
function describe({ candidate }: RTCIceCandidate): LinkTrial['candidates'][number] {
  const [, , protocol = '', , address = '', port = '', , type = ''] = candidate.split(' ');
  return { type, protocol: protocol.toLowerCase(), address: `${address} ${port}` };
}

function pass(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    // Without the description, or after the end, there is nowhere to put it; the other candidates are enough.
    if (candidate) to.addIceCandidate(candidate).catch(() => undefined);
  });
}

async function introduce(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  const offer = await near.createOffer();
  await far.setRemoteDescription(offer);
  await near.setLocalDescription(offer);
  const answer = await far.createAnswer();
  await near.setRemoteDescription(answer);
  await far.setLocalDescription(answer);
}

/** Milliseconds there and back, the middle one of several; pending for ever where the link never opens. */
function measure(near: RTCPeerConnection, far: RTCPeerConnection): Promise<number> {
  const agreed = { negotiated: true, id: 0 };
  const [here, there] = [
    near.createDataChannel('check', agreed),
    far.createDataChannel('check', agreed),
  ];
  there.addEventListener('message', ({ data }) => there.send(String(data)));
  return new Promise((resolve) => {
    const times: number[] = [];
    let sent = 0;
    const ping = () => {
      sent = performance.now();
      here.send('ping');
    };
    here.addEventListener('open', ping);
    here.addEventListener('message', () => {
      times.push(performance.now() - sent);
      if (times.length < PINGS) ping();
      else resolve(median(times));
    });
  });
}
