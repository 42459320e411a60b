import { newId, someone, TestClient } from './test-client.ts';
import { admitted, makeMeeting } from './test-server.ts';

/** A meeting and its host. */
async function hosted(url: string) {
  const meeting = await makeMeeting(url);
  const { token } = await admitted(meeting, { invitation: meeting.hostToken });
  const host = await TestClient.connect(url, token);
  await host.join();
  return { meeting, host };
}

/** One of each kind that is closed to somebody, or to everybody. */
export async function closedOnes(url: string) {
  const unknown = { url, meetingId: newId(), hostToken: '', proof: '' };
  const [ended, locked, watched, removed, asking, open] = [
    await hosted(url),
    await hosted(url),
    await hosted(url),
    await hosted(url),
    await hosted(url),
    await hosted(url),
  ];
  await ended.host.request('meeting:end', {});
  await locked.host.request('policy:set', { locked: true });
  await asking.host.request('policy:set', { passcode: 'sesame' });
  await watched.host.request('policy:set', { waitingRoom: true });
  const { token, participantId: participant } = await admitted(watched.meeting);
  const denied = await TestClient.connect(url, token);
  await denied.request('door:knock', { incarnation: newId(), hello: someone().hello });
  await watched.host.request('knock:deny', { participant });
  const { token: seat } = await admitted(removed.meeting);
  const guest = await TestClient.connect(url, seat);
  await guest.join();
  await removed.host.request('participant:remove', { participant: guest.participantId });
  return {
    ...{ unknown, ended: ended.meeting, locked: locked.meeting, denied: watched.meeting },
    ...{ removed: removed.meeting, asking: asking.meeting, open: open.meeting },
  };
}
