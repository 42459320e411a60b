import type { ListedInvitation } from '@confab/protocol';
import vectors from '@confab/protocol/vectors.json';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { HostDesk } from '../call/host-desk.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
import InvitationSettings from './InvitationSettings.svelte';

const { secret, meetingId } = vectors.inputs;
let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let shown: object;

beforeEach(() => {
  document.body.replaceChildren();
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
});
afterEach(async () => {
  await unmount(shown);
  call.close();
});

const rows = () => [...document.querySelectorAll('li small')].map((row) => row.textContent);

async function list(...made: Partial<ListedInvitation>[]): Promise<string[]> {
  const listed = made.map((one, at): ListedInvitation => {
    const id = String(at).repeat(22);
    return { id, role: 'host', madeAt: 1, expiresAt: 2, uses: 0, ...one };
  });
  const api = {
    invitations: () => Promise.resolve(listed),
    invite: vi.fn(),
    revoke: vi.fn(),
    schedule: vi.fn(),
    setSchedule: vi.fn(),
  };
  const desk = new HostDesk({ api, meetingId, secret, origin: 'https://meet.example' });
  shown = mount(InvitationSettings, { target: document.body, props: { desk, call } });
  await vi.waitFor(() => {
    flushSync();
    expect(rows()).toHaveLength(made.length);
  });
  return rows().map((row) => row.split(' · ').at(-1) ?? '');
}

it('R105 says of each invitation who made it', async () => {
  const people = [view('self', { role: 'host' }), view('bo', { name: 'Bo' })];
  connection.events.emit('participants', [...people, view('gone', { name: 'Ada' })]);
  connection.events.emit('participants', people);
  const removed = [{ id: 'cy', name: 'Cy' }];
  connection.events.emit('door', { removed, denied: [], waiting: [] });
  const makers = ['self', 'bo', 'gone', 'cy', 'long ago'].map((madeBy) => ({ madeBy }));
  expect(await list(...makers, {}, { madeBy: 'other device', invitation: 'x.y.z' })).toEqual([
    'made by you',
    'made by Bo',
    'made by Ada',
    'made by Cy',
    'made by somebody who is not here',
    'made outside the meeting',
    'made by you',
  ]);
});

it('says where an invitation is not all that lets its bearer in', async () => {
  await list({});
  const words = 'also has the link of the meeting';
  expect(document.body.textContent).toContain(words);
  for (const policy of [
    { locked: true },
    { locked: false, waitingRoom: true },
    { locked: false, passcode: true },
  ]) {
    connection.events.emit('policy', policy);
    flushSync();
    expect(document.body.textContent).not.toContain(words);
  }
});
