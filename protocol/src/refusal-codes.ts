/** Every reason for which a request, an HTTP call or a connection is refused. Apart from its schema, for pages too small to carry a schema library. */
export const refusalCodes = [
  /** The payload does not fit its schema. */
  'invalid-payload',
  /** No such event, or no such address. */
  'unknown-request',
  /** The request does not fit the caller's state, for instance a signal before `meeting:join`. */
  'wrong-state',
  /** More than the caller's budget in this time; try again later. */
  'too-many-requests',
  /** No such participant in the caller's own meeting, or it is away; also the answer to every address that is not one. */
  'participant-not-found',
  /** Unknown or ended, or the proof is another link's: one answer, so that an outsider learns nothing. */
  'meeting-not-found',
  /** Told only to who proves the link. */
  'meeting-ended',
  'meeting-full',
  /** A host lets nobody new in at present; told only to who proves the link (R48). */
  'meeting-locked',
  /** A host has to let the caller in: knock first (R70). */
  'knock-required',
  /** A host does not let the caller in, who has knocked (R71). */
  'denied',
  /** A host has removed the caller, or somebody by whose word the caller comes; told only to who proves the link (R61, R62). */
  'removed',
  /** A host has taken the invitation back by which the caller comes; told only to who proves the link (R106). */
  'invitation-revoked',
  /** The meeting, or the invitation by which the caller comes, opens later; told only to who proves the link (R108). */
  'not-open',
  /** The meeting asks for a passcode and none, or a wrong one, was given. */
  'passcode-required',
  'passcode-wrong',
  /** Token missing, malformed, forged, of another purpose or for another meeting. */
  'token-invalid',
  'token-expired',
  /** The seat belongs to somebody, and what was shown is not its latest resume token (R8). */
  'resume-invalid',
  /** The caller may not do this. */
  'forbidden',
  /** The page's origin is not one this server serves. */
  'origin-refused',
  /** The server is stopping; connect again after a moment. */
  'server-draining',
  /** No answer in time; made by the client itself. */
  'timeout',
  /** A fault of the server's own; the log has it. */
  'internal',
] as const;
