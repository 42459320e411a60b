import type { Notice, RefusalCode } from '@confab/protocol';
import { ParticipantId, requests } from '@confab/protocol';
import type { Metrics } from '../metrics.ts';
import type { ConnectedSocket, MeetingServer } from './connection-state.ts';
import { CheckedSignal } from './signal-frame.ts';

const schema = requests['signal:send'].payload;

/**
 * `signal:send` (R21, R22): passes `sealed` unread to one participant of the sender's own meeting. Keeps
 * nothing, logs nothing, acknowledges nothing: this is the hottest path of the server.
 */
export function relay(io: MeetingServer, metrics: Metrics) {
  return (socket: ConnectedSocket, payload: unknown): void => {
    if (!isAddressed(payload)) {
      refuse(socket, payload, 'participant-not-found');
      return;
    }
    const { meeting, participantId } = socket.data;
    const { to } = payload;
    const connection = to === participantId ? undefined : meeting.connectionOf(to);
    if (connection === undefined) {
      refuse(socket, payload, 'participant-not-found');
      return;
    }
    if (!isSignal(payload)) {
      refuse(socket, payload, 'invalid-payload');
      return;
    }
    io.to(connection).emit('signal:received', { from: participantId, sealed: payload.sealed });
    metrics.signals.inc();
  };
}

/** Tells the sender that a signal went nowhere; names the addressee only where the signal named a possible one. */
export function refuse(socket: ConnectedSocket, payload: unknown, error: RefusalCode): void {
  const refusal: Notice<'signal:refused'> = { error };
  if (isAddressed(payload) && ParticipantId.safeParse(payload.to).success) refusal.to = payload.to;
  socket.emit('signal:refused', refusal);
}

function isAddressed(payload: unknown): payload is { to: string; sealed: unknown } {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    'to' in payload &&
    typeof payload.to === 'string'
  );
}

function isSignal(payload: object): payload is { to: string; sealed: string } {
  return payload instanceof CheckedSignal || schema.safeParse(payload).success;
}
