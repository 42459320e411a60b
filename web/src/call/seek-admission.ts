import { Refusal } from '@confab/protocol';
import { type Admission, admit } from '../connection/meetings-api.ts';
import { rememberHostToken, rememberedHostToken } from './remembered-host.ts';

/** Asks for a seat: as the host where this browser created the meeting, otherwise as everybody else. Throws as `admit`. */
export async function seekAdmission(
  meetingId: string,
  secret: string,
  passcode: string,
): Promise<Admission> {
  const options = passcode === '' ? {} : { passcode };
  const invitation = rememberedHostToken(meetingId);
  if (invitation === null) return admit(meetingId, secret, options);
  try {
    return await admit(meetingId, secret, { ...options, invitation });
  } catch (error) {
    const isStale = error instanceof Refusal && error.code.startsWith('token-');
    if (!isStale) throw error;
    rememberHostToken(meetingId, null);
    return admit(meetingId, secret, options);
  }
}
