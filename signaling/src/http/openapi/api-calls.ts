import { checkCall, httpCalls, operatorNotices } from '@confab/protocol';
import type { RefusalCode } from '@confab/protocol';
import type * as z from 'zod/mini';
import { example } from './examples.ts';

/** Who may make a call: see `securitySchemes` in the document. */
export type ApiAuth = 'apiKey' | 'hostToken' | 'adminToken';

/** One call of the HTTP API as it is described to programs. */
export type ApiCall = {
  /** The document's `operationId`. */
  name: string;
  method: 'get' | 'post' | 'put' | 'delete';
  /** With its parameters as OpenAPI writes them: `{meetingId}`. */
  path: `/${string}`;
  summary: string;
  description: string;
  /** Any one of these; `none` where the call may be made without. */
  auth?: (ApiAuth | 'none')[];
  body?: { schema: z.ZodMiniType; example: object };
  /** The answer where all is well; without a schema there is none. */
  success: { status: 200 | 201 | 204; words: string; schema?: z.ZodMiniType; example?: object };
  /** Every refusal that belongs to this call. A fault of the server's own can follow any. */
  refusals: RefusalCode[];
  /** What fields of the body and of the answer mean, by their names. */
  fields?: Record<string, string>;
};

const times = 'in seconds since 1970 UTC';

/** What every call by a host can be refused with; `server-draining` where several nodes serve. */
const refusedToHosts = [
  ...(['invalid-payload', 'token-invalid', 'token-expired', 'forbidden', 'not-open'] as const),
  ...(['meeting-not-found', 'meeting-ended', 'too-many-requests', 'server-draining'] as const),
] satisfies RefusalCode[];

/** All calls under `/api`. */
export const apiCalls: ApiCall[] = [
  {
    name: 'createMeeting',
    method: 'post',
    path: '/api/meetings',
    summary: 'Make a meeting',
    description:
      'Open to anyone, unless the server has API_KEYS. The link of the meeting is `<server>/m/<meetingId>#<secret>`: make 32 random bytes for the secret, and tell the server the verifier alone.',
    auth: ['apiKey', 'none'],
    body: { schema: httpCalls.createMeeting.body, example: example.createMeeting.body },
    success: {
      status: 201,
      words: 'The meeting is made, and kept.',
      schema: httpCalls.createMeeting.answer,
      example: example.createMeeting.answer,
    },
    refusals: [
      ...(['invalid-payload', 'token-invalid', 'origin-refused'] as const),
      ...(['too-many-requests', 'server-draining'] as const),
    ],
    fields: {
      verifier:
        'SHA-256 of the proof’s 32 bytes, base64url. The proof is HKDF-SHA-256 of the link’s secret, without salt, for `confab/1/proof`. Without one, the first host who enters binds the meeting to their link.',
      settings: 'What is set from the beginning. Hosts can change most of it in the meeting.',
      hostToken: 'An invitation as host: whoever presents it at admission is one.',
    },
  },
  {
    name: 'describeMeeting',
    method: 'get',
    path: '/api/meetings/{meetingId}',
    summary: 'What a visitor may know',
    description:
      'An unknown, an ended and a locked meeting are answered alike, to the last byte: who has not proved the link learns nothing.',
    success: {
      status: 200,
      words: 'The meeting goes on.',
      schema: httpCalls.describeMeeting.answer,
      example: example.describeMeeting.answer,
    },
    refusals: ['invalid-payload', 'meeting-not-found', 'server-draining'],
    fields: {
      passcode: 'Whether whoever joins is asked for a passcode.',
      waitingRoom: 'Whether a host lets people in one by one.',
      relay: 'Whether the server has TURN.',
      recorded: 'Whether somebody in the meeting records it (R94).',
    },
  },
  {
    name: 'createInvitation',
    method: 'post',
    path: '/api/meetings/{meetingId}/tokens',
    summary: 'Make an invitation',
    description:
      'A token that gives its bearer a role at admission. By an API key, the meeting’s host token, or the participant token of one of its hosts.',
    auth: ['apiKey', 'hostToken'],
    body: { schema: httpCalls.createInvitation.body, example: example.createInvitation.body },
    success: {
      status: 201,
      words: 'The invitation is made.',
      schema: httpCalls.createInvitation.answer,
      example: example.createInvitation.answer,
    },
    refusals: [...refusedToHosts, 'origin-refused'],
    fields: {
      name: 'For whoever lists invitations; sealed by the client, unreadable to the server.',
      role: 'What the bearer will be; `participant` unless said.',
      notBefore: `When it begins to be good, ${times}.`,
      expiresAt: `When it ends to be good, ${times}: a day ahead unless said, 400 days at most.`,
      id: 'By which it is listed and revoked.',
    },
  },
  {
    name: 'listInvitations',
    method: 'get',
    path: '/api/meetings/{meetingId}/tokens',
    summary: 'List the invitations that count',
    description:
      'Latest first, with how often somebody came by each; those that expired during the last day too. An invitation itself is shown to whoever made it alone.',
    auth: ['apiKey', 'hostToken'],
    success: {
      status: 200,
      words: 'All of them.',
      schema: httpCalls.listInvitations.answer,
      example: example.listInvitations.answer,
    },
    refusals: refusedToHosts,
  },
  {
    name: 'revokeInvitation',
    method: 'delete',
    path: '/api/meetings/{meetingId}/tokens/{invitationId}',
    summary: 'Take an invitation back',
    description: 'Nobody comes by it any more, from now on. Whoever is in the meeting stays.',
    auth: ['apiKey', 'hostToken'],
    success: {
      status: 200,
      words: 'It counts no more.',
      schema: httpCalls.revokeInvitation.answer,
      example: {},
    },
    refusals: [...refusedToHosts, ...(['unknown-request', 'origin-refused'] as const)],
  },
  {
    name: 'readSchedule',
    method: 'get',
    path: '/api/meetings/{meetingId}/schedule',
    summary: 'When the meeting takes place',
    description: 'Null where it is open as long as it is there.',
    auth: ['apiKey', 'hostToken'],
    success: {
      status: 200,
      words: 'Its schedule.',
      schema: httpCalls.readSchedule.answer,
      example: example.schedule,
    },
    refusals: refusedToHosts,
  },
  {
    name: 'setSchedule',
    method: 'put',
    path: '/api/meetings/{meetingId}/schedule',
    summary: 'Schedule the meeting, or end its schedule',
    description:
      'Whoever is no host gets in during its occurrences alone, and an hour after each. It keeps its link, its policy and its invitations until a week after the last one. Its times are those of clocks in `timeZone`, whatever daylight saving does to them.',
    auth: ['apiKey', 'hostToken'],
    body: { schema: httpCalls.setSchedule.body, example: example.schedule },
    success: {
      status: 200,
      words: 'The schedule is set, and kept.',
      schema: httpCalls.setSchedule.answer,
      example: example.schedule,
    },
    refusals: [...refusedToHosts, 'origin-refused'],
    fields: {
      schedule:
        'Null ends it. Its last occurrence is at most 366 days ahead, and not over; the day of the first is among `days`.',
    },
  },
  {
    name: 'admit',
    method: 'post',
    path: '/api/meetings/{meetingId}/admission',
    summary: 'Ask for a seat',
    description:
      'Checks the link’s proof, the passcode and the invitation, and answers the participant token that a Socket.IO connection presents in `handshake.auth.token`. Without the right proof every meeting is unknown.',
    body: { schema: httpCalls.admission.body, example: example.admit.body },
    success: {
      status: 200,
      words: 'There is a seat.',
      schema: httpCalls.admission.answer,
      example: example.admit.answer,
    },
    refusals: [
      ...(['invalid-payload', 'token-invalid', 'token-expired', 'origin-refused'] as const),
      ...(['passcode-required', 'passcode-wrong', 'meeting-locked', 'removed'] as const),
      ...(['invitation-revoked', 'not-open'] as const),
      ...(['meeting-not-found', 'meeting-full', 'meeting-ended', 'too-many-requests'] as const),
      'server-draining',
    ],
    fields: {
      proof: 'HKDF-SHA-256 of the link’s secret, base64url.',
      invitation: 'A `hostToken`, or an invitation.',
      name: 'The display name, sealed.',
      token: 'Opens the connection.',
      tokenLifetime: 'Seconds until `token` expires.',
      waits: 'Whether a host has to let them in first; absent is false.',
    },
  },
  {
    name: 'check',
    method: 'post',
    path: '/api/check',
    summary: 'What a connection check may try',
    description:
      'STUN and TURN servers. Where the server has API_KEYS, those of TURN only for whoever proves the link of a meeting that takes them in for the asking.',
    body: { schema: checkCall.body, example: example.check.body },
    success: {
      status: 200,
      words: 'Servers to try.',
      schema: checkCall.answer,
      example: example.check.answer,
    },
    refusals: ['invalid-payload', 'origin-refused', 'too-many-requests'],
    fields: {
      relays: 'Whether there is TURN, and whether its credential is among `iceServers`.',
    },
  },
  {
    name: 'report',
    method: 'get',
    path: '/api/report',
    summary: 'What goes on',
    description:
      'For whoever runs the server: every node with its meetings, people, connections, counts and load, as the operators’ dashboard shows them. Numbers alone; the server does not know who people are or what they say.',
    auth: ['adminToken'],
    success: {
      status: 200,
      words: 'All nodes that answer, the asked one first.',
      schema: operatorNotices['server:reported'],
      example: example.report.answer,
    },
    refusals: ['token-invalid', 'unknown-request', 'too-many-requests'],
  },
];
