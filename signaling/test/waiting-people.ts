import type { Notice } from '@confab/protocol';
import { expect } from 'vitest';
import { newId, someone, TestClient } from './test-client.ts';
import { admitted, makeMeeting } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const done = { ok: true, data: {} };
const { hello } = someone();

/** A meeting with a waiting room, and its host. */
export async function watched(url: string) {
  const meeting = await makeMeeting(url);
  const host = await hostOf(meeting);
  expect(await host.client.request('policy:set', { waitingRoom: true })).toEqual(done);
  return { meeting, host };
}

export async function hostOf(meeting: TestMeeting) {
  const { token } = await admitted(meeting, { invitation: meeting.hostToken });
  const client = await TestClient.connect(meeting.url, token);
  const incarnation = newId();
  const { resume } = await client.join({ incarnation });
  const waiting = (ids: string[]) =>
    client.until(`${ids.length} who wait`, () =>
      client.heard['door:changed'].findLast(
        (door) => JSON.stringify(door.waiting.map(({ id }) => id)) === JSON.stringify(ids),
      ),
    );
  const admit = (...participants: string[]) => client.request('knock:admit', { participants });
  return { client, token, incarnation, resume, waiting, admit };
}

/** Admitted as far as the door, connected, with every frame that comes. */
export async function arrives(meeting: TestMeeting) {
  const { token, participantId: id, waits } = await admitted(meeting);
  const { client, frames } = await atTheDoor(meeting.url, token);
  return { client, frames, token, id, waits };
}

export async function atTheDoor(url: string, token: string) {
  const client = await TestClient.connect(url, token);
  const frames: string[] = [];
  client.socket.io.engine.on('packet', (packet) => frames.push(JSON.stringify(packet)));
  return { client, frames };
}

export const knock = (client: TestClient) =>
  client.request('door:knock', { incarnation: newId(), hello });

/** Who knocks, with the place in the queue. */
export async function knocks(meeting: TestMeeting, place: number) {
  const one = await arrives(meeting);
  expect(await knock(one.client)).toMatchObject({ ok: true, data: { place } });
  return one;
}

export const answered = ({ heard }: TestClient): Notice<'knock:answered'> | undefined =>
  heard['knock:answered'][0];
