import { Refusal } from '@confab/protocol';
import { type Admission, admit } from '../connection/meetings-api.ts';
import {
  dropInvitation,
  formerInvitation,
  provedInvitation,
  rememberedInvitation,
} from './remembered-host.ts';

/** Asks for a seat: by the invitation that this browser has, as its host for instance, otherwise as everybody else. Throws as `admit`. */
export async function seekAdmission(
  meetingId: string,
  secret: string,
  passcode: string,
): Promise<Admission> {
  const options = passcode === '' ? {} : { passcode };
  for (;;) {
    const invitation = rememberedInvitation(meetingId);
    if (invitation === null) return admit(meetingId, secret, options);
    try {
      const admission = await admit(meetingId, secret, { ...options, invitation });
      if (admission.role === 'host') provedInvitation(meetingId, invitation);
      return admission;
    } catch (error) {
      if (!isStale(error, formerInvitation(meetingId, invitation))) throw error;
      dropInvitation(meetingId, invitation);
    }
  }
}

/** Whether it will not let anybody in again. Whoever has no other than a revoked one is to be told (R106). */
function isStale(error: unknown, former: string | null): boolean {
  if (!(error instanceof Refusal)) return false;
  return (
    error.code.startsWith('token-') || (error.code === 'invitation-revoked' && former !== null)
  );
}
