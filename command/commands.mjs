import { createInvitation, listInvitations, revokeInvitation } from './invitations.mjs';
import { createMeeting, showMeeting } from './meetings.mjs';
import { showStatus, watch } from './report.mjs';

const text = (words, means) => ({ type: 'string', words, means });
const flag = (means) => ({ type: 'boolean', words: '', means });

/** Every command by its name: what it takes, which options it has besides those of all, and what runs it. */
export const commands = {
  'meeting create': {
    does: 'Makes a meeting and prints its link. The link’s secret is made here; the server never learns it.',
    takes: [],
    options: {
      capacity: text('<number>', 'most people at once'),
      passcode: text('<text>', 'asked of everybody but hosts'),
      'waiting-room': flag('hosts let people in one by one'),
      'no-succession': flag('nobody is offered the role when the last host leaves'),
      start: text('<time>', 'when it takes place: 2026-12-01T09:00'),
      duration: text('<minutes>', 'for how long; 60 unless said'),
      'time-zone': text('<name>', 'whose clocks: Europe/Berlin; this machine’s unless said'),
    },
    run: createMeeting,
  },
  'meeting show': {
    does: 'What a visitor may know of a meeting.',
    takes: ['<link or id>'],
    run: showMeeting,
  },
  'invitation create': {
    does: 'Makes an invitation and prints its link. By the host link, or by an API key.',
    takes: ['<link or id>'],
    options: {
      role: text('<role>', 'host or participant'),
      from: text('<time>', 'when it begins to count: 2026-12-01T09:00, or 2h from now'),
      until: text('<time>', 'when it ends to count: a day from now unless said'),
    },
    run: createInvitation,
  },
  'invitation list': {
    does: 'Lists the invitations that count. By the host link, or by an API key.',
    takes: ['<link or id>'],
    run: listInvitations,
  },
  'invitation revoke': {
    does: 'Takes an invitation back. By the host link, or by an API key.',
    takes: ['<link or id>', '<invitation>'],
    run: revokeInvitation,
  },
  status: {
    does: 'What goes on at the server. By its ADMIN_TOKEN.',
    takes: [],
    run: showStatus,
  },
  watch: {
    does: 'The same every two seconds, until Ctrl-C.',
    takes: [],
    run: watch,
  },
};
