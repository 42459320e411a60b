import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ID_BYTES, Refusal, SECRET_BYTES } from '@confab/protocol';
import type { AdmissionAnswer, AdmissionRequest } from '@confab/protocol';
import type { MeetingDirectory } from './meeting-directory.ts';
import type { Meeting } from './meeting.ts';
import { isPasscode } from './passcode.ts';
import { guessersOf } from './passcode-guesses.ts';
import type { PasscodeGuesses } from './passcode-guesses.ts';
import type { Ticket } from './ticket.ts';

export type AdmissionParts = {
  directory: MeetingDirectory;
  guesses: PasscodeGuesses;
  /** What an invitation says. Throws `token-invalid`, `token-expired` or `not-open`. */
  readInvitation: (invitation: string) => Promise<{ meeting: string } & Word>;
  /** The token of a seat, and for how many seconds it is good. */
  seatToken: (
    meetingId: string,
    ticket: Ticket,
  ) => Promise<{ token: string; tokenLifetime: number }>;
  /** A name for a network that tells nobody which one it is. */
  networkName: (network: string) => string;
};

/** What lets somebody in besides the link, and as what: an invitation, or, without one, nothing. */
type Word = Pick<Ticket, 'role' | 'via' | 'listed'>;

/** Compared with when there is no meeting, so that an unknown one takes the same path as a wrong proof (R4). */
const nobodysVerifier = randomBytes(SECRET_BYTES).toString('base64url');

/** Decides who gets a seat's token (R2, R3, R4). `network` is where the caller is, for counting wrong passcodes. */
export async function admit(
  parts: AdmissionParts,
  meetingId: string,
  request: AdmissionRequest,
  network: string,
): Promise<AdmissionAnswer> {
  const { directory, guesses, seatToken, networkName } = parts;
  const meeting = directory.get(meetingId);
  const known = meeting ?? directory.getEnded(meetingId);
  const shown = verifierOf(request.proof);
  const isUnbound = meeting?.verifier === null;
  const proven = isVerifier(shown, known?.verifier ?? nobodysVerifier) || isUnbound;
  if (known === undefined || !proven) throw new Refusal('meeting-not-found');
  if (meeting === undefined) throw new Refusal('meeting-ended');

  const word = isUnbound
    ? await firstHost(parts, meeting, request.invitation)
    : await wordOf(parts, meeting, request.invitation);
  const participantId = randomBytes(ID_BYTES).toString('base64url');
  const role = meeting.roles.roleFor({ participantId, ...word });
  // Before it is checked: should a host set another one meanwhile, that is asked for as well.
  const { passcodesSet: passcodes } = meeting.rules.record;
  const ticket = { participantId, ...word, network: networkName(network), passcodes };
  if (isUnbound) await bind(meeting, shown);
  meeting.door.check(ticket);
  if (role !== 'host') meeting.opening.check(meeting.occupancy.busySince);
  if (role !== 'host' && meeting.rules.policy.locked) throw new Refusal('meeting-locked');
  if (role !== 'host') await checkPasscode(meeting, request.passcode, guesses, network);
  if (meeting.isFullFor(role)) throw new Refusal('meeting-full');
  const waits = meeting.door.isWatched(ticket, meeting.rules.policy);
  const { token, tokenLifetime } = await seatToken(meeting.id, ticket);
  // Whoever binds the meeting may be somebody else, whose answer is still on its way to the disk (R41).
  await meeting.kept();
  return { token, participantId, role, tokenLifetime, ...(waits && { waits }) };
}

/** Whether whoever shows this proof may try the relay (R60): where they could sit down at once. Takes as long where there is no such meeting (R4). */
export function mayTryRelay(
  { directory, networkName }: Pick<AdmissionParts, 'directory' | 'networkName'>,
  meetingId: string,
  proof: string,
  network: string,
): boolean {
  const meeting = directory.get(meetingId);
  const proven = doesProve(proof, meeting?.verifier ?? nobodysVerifier);
  return proven && meeting !== undefined && takesGuestsFrom(meeting, networkName(network));
}

/** Whether whoever proves the link there may sit down for the asking: neither a host nor a passcode nor the time is in the way. */
function takesGuestsFrom({ isClosed, rules, door }: Meeting, network: string): boolean {
  return !isClosed && rules.passcodeHash === null && door.isOpenTo(network, rules.policy);
}

/** Whether this proof is that of the link with that verifier (R2). */
export function doesProve(proof: string, verifier: string): boolean {
  return isVerifier(verifierOf(proof), verifier);
}

function verifierOf(proof: string): Buffer {
  return createHash('sha256').update(Buffer.from(proof, 'base64url')).digest();
}

function isVerifier(shown: Buffer, verifier: string): boolean {
  return timingSafeEqual(shown, Buffer.from(verifier, 'base64url'));
}

async function wordOf(parts: AdmissionParts, meeting: Meeting, invitation?: string): Promise<Word> {
  if (invitation === undefined) return bareLink;
  const { meeting: meetingId, ...word } = await parts.readInvitation(invitation);
  if (meetingId !== meeting.id) throw new Refusal('token-invalid');
  return word;
}

const bareLink: Word = { role: 'participant', via: [] };

/** A meeting that no link belongs to yet opens to a host alone, and looks unknown to everybody else (R2). */
async function firstHost(
  parts: AdmissionParts,
  meeting: Meeting,
  invitation?: string,
): Promise<Word> {
  const word = await wordOf(parts, meeting, invitation).catch(() => bareLink);
  if (word.role !== 'host') throw new Refusal('meeting-not-found');
  return word;
}

async function bind(meeting: Meeting, shown: Buffer): Promise<void> {
  const verifier = shown.toString('base64url');
  // Two hosts may have come at the same moment; the first one's link is the meeting's.
  if (meeting.verifier === null) meeting.bind(verifier);
  if (meeting.verifier !== verifier) throw new Refusal('meeting-not-found');
  try {
    await meeting.kept();
  } catch (fault) {
    if (meeting.verifier === verifier) meeting.bind(null);
    throw fault;
  }
}

async function checkPasscode(
  meeting: Meeting,
  passcode: string | undefined,
  guesses: PasscodeGuesses,
  network: string,
): Promise<void> {
  const { passcodeHash } = meeting.rules;
  if (passcodeHash === null) return;
  if (passcode === undefined || passcode === '') throw new Refusal('passcode-required');
  const guessers = guessersOf(meeting.id, network);
  if (guessers.some((guesser) => guesses.mustWait(guesser))) throw new Refusal('too-many-requests');
  for (const guesser of guessers) guesses.tried(guesser);
  if (!(await isPasscode(passcode, passcodeHash))) throw new Refusal('passcode-wrong');
  for (const guesser of guessers) guesses.right(guesser);
}
