import { Refusal } from '@confab/protocol';
import { type Admission, admit } from '../connection/meetings-api.ts';
import { rememberInvitation, rememberedInvitation } from './remembered-host.ts';

/** Asks for a seat: by the invitation that this browser has, as its host for instance, otherwise as everybody else. Throws as `admit`. */
export async function seekAdmission(
  meetingId: string,
  secret: string,
  passcode: string,
): Promise<Admission> {
  const options = passcode === '' ? {} : { passcode };
  const invitation = rememberedInvitation(meetingId);
  if (invitation === null) return admit(meetingId, secret, options);
  try {
    return await admit(meetingId, secret, { ...options, invitation });
  } catch (error) {
    const isStale = error instanceof Refusal && error.code.startsWith('token-');
    if (!isStale) throw error;
    rememberInvitation(meetingId, null);
    return admit(meetingId, secret, options);
  }
}
