const meetingId = 'pZ0mX9vT3kQeW7sB1nLc5A';
const participantId = 'h2K8rN4tVq6YbM0dJxS3Fw';
const proof = 'b5JcV1m0yXqT8uNwRk3ZfH7dLpS2gEaQ9iOvC4tB6nU';
const token = 'eyJhbGciOiJIUzI1NiIsInR5cCI6Imludml0YXRpb24rand0In0.e30.c2lnbmF0dXJl';
const invitationId = 'nT4wL0cKq9VxR2mGzB7yPe';
const people = { present: 3, away: 0, reconnecting: 1 };
const links = { direct: 4, relayed: 2 };

/** What calls take and answer, for people who read the document. */
export const example = {
  createMeeting: {
    body: { verifier: proof, settings: { capacity: 8, passcode: 'open sesame' } },
    answer: { meetingId, hostToken: token },
  },
  describeMeeting: { answer: { passcode: true, waitingRoom: false, relay: true, recorded: false } },
  createInvitation: {
    body: { role: 'host', notBefore: 1_790_000_000, expiresAt: 1_790_086_400 },
    answer: { id: invitationId, invitation: token, role: 'host', expiresAt: 1_790_086_400 },
  },
  listInvitations: {
    answer: {
      invitations: [
        {
          ...{ id: invitationId, role: 'host', madeAt: 1_789_990_000, madeBy: participantId },
          ...{ expiresAt: 1_790_086_400, uses: 2, lastUsedAt: 1_790_001_000 },
        },
      ],
    },
  },
  schedule: {
    schedule: {
      ...{ start: '2026-11-25T09:30', duration: 45, timeZone: 'Europe/Berlin' },
      recurrence: { frequency: 'weekly', days: ['WE', 'FR'], until: '2027-06-30' },
    },
  },
  admit: {
    body: { proof, passcode: 'open sesame' },
    answer: { token, participantId, role: 'participant', tokenLifetime: 3_600 },
  },
  check: {
    body: {},
    answer: { iceServers: [{ urls: ['stun:turn.example.org:3478'] }], relays: 'none' },
  },
  report: {
    answer: {
      nodes: [
        {
          node: 'here',
          at: 1_790_000_000_000,
          uptime: 86_400,
          standing: 'ready',
          meetings: {
            total: 7,
            busy: [{ id: meetingId, people, links, locked: false, since: 1_789_999_000_000 }],
          },
          people,
          links,
          connections: { websocket: 3, polling: 0 },
          counts: {
            ...{ joins: 40, signals: 1_900, chat: 12, faults: 0 },
            ...{ refusals: { 'passcode-wrong': 2 }, closed: { 'client namespace disconnect': 36 } },
          },
          load: { delay: { median: 0.1, worst: 2.4 }, cpu: 0.02, memory: 96_000_000 },
        },
      ],
    },
  },
};
