import { type MediaState, type Payload, Refusal } from '@confab/protocol';
import { Emitter } from './emitter.ts';
import type { KnownParticipant } from './known-participant.ts';
import type {
  Command,
  ConnectionState,
  MeetingEvents,
  ParticipantView,
  Slot,
} from './meeting-events.ts';
import type { ChannelName } from './link-connection.ts';
import type { LateChat } from './late-chat.ts';
import type { MeetingConnectionOptions } from './meeting-connection-options.ts';
import { Unreachable } from './meetings-api.ts';
import { watchPageLife } from './page-life.ts';
import { RefusedTally } from './refused-tally.ts';
import type { SignsConnection } from './signs-connection.ts';
import { type Surroundings, pageSurroundings } from './surroundings.ts';
import { Tenure } from './tenure.ts';

export type { MeetingConnectionOptions } from './meeting-connection-options.ts';

const JOIN_MS = 15_000;
const BEGIN_MS = 100;
const LEAVE_MS = 1_000;

/** A page's presence in a meeting: its seat, and one link to each of the others. Serves one page load. */
export class MeetingConnection {
  readonly events = new Emitter<MeetingEvents>();
  readonly #surroundings: Surroundings;
  readonly #tenure: Tenure;
  readonly #stopWatching: () => void;
  readonly #options: MeetingConnectionOptions;
  #isOver = false;

  constructor(options: MeetingConnectionOptions, surroundings = pageSurroundings) {
    this.#surroundings = surroundings;
    this.#options = options;
    const { events } = this;
    const tally = new RefusedTally((participantId, refused) =>
      events.emit('refused', { participantId, refused }),
    );
    const tenure = new Tenure(options, surroundings, {
      onConnection: (state) => this.#announce(state),
      onParticipants: (participants, selfId) =>
        events.emit(
          'participants',
          participants.map((one) => viewOf(one, selfId)),
        ),
      onPolicy: (policy) => events.emit('policy', policy),
      onAnnounced: (text) => events.emit('announced', text),
      onClaim: (claim) => events.emit('seat', claim),
      onOffered: (isOffered) => events.emit('offered', isOffered),
      onDoor: (door) => events.emit('door', door),
      onRemoved: (id) => events.emit('removed', id),
      onTold: (word) => events.emit('told', word),
      onDisobedience: (ids) => events.emit('disobedience', ids),
      onLink: (link) => events.emit('link', link),
      onLevel: (level) => events.emit('level', level),
      onBoard: (board) => events.emit('board', board),
      onStandings: (standings) => events.emit('standings', standings),
      onRefused: (from, kind) => tally.count(from, kind),
    });
    this.#tenure = tenure;
    this.#stopWatching = watchPageLife(surroundings.clock, {
      // The others then see at once that this page is gone, instead of after seconds of silence.
      onHide: () => tenure.interrupt(),
      onLook: () => tenure.hurry(),
      onDoubt: (suspicion) => tenure.doubt(suspicion),
    });
  }

  /** One's part in the meeting's chat. */
  get chat(): LateChat {
    return this.#tenure.chat;
  }

  /** One's signs to the meeting, and those of the others. */
  get signs(): SignsConnection {
    return this.#tenure.signs;
  }

  /** Changes only when the seat was lost for good and another one had to be asked for. */
  get participantId(): string {
    return this.#tenure.participantId;
  }

  /**
   * Resolves when the seat is taken, everybody who is there has been told and the links to them are offered (waiting 100 ms for
   * that at most): drawing them can wait, making the links cannot. Rejects with Refusal or Unreachable, after which all is closed.
   */
  async join(): Promise<void> {
    const entered = this.#entered();
    const met = this.#met();
    this.#announce({ status: 'connecting' });
    try {
      await Promise.all([this.#tenure.take(), entered, met]);
      await Promise.race([this.#tenure.begun(), this.#pause(BEGIN_MS)]);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Sends `track` (or nothing) in `slot` on every link, present and later ones. Costs no signal. */
  async setTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    await this.#tenure.sendTrack(slot, track);
  }

  /** Tells the others what one sends; the latest wins and is told again after a reconnect. */
  setMedia(media: MediaState): void {
    this.#tenure.announce(media);
  }

  /** Asks what hosts may ask, or what anybody may; throws a Refusal for everybody else, and where the server cannot be asked. */
  command<Name extends Command>(name: Name, payload: Payload<Name>): Promise<void> {
    return this.#tenure.command(name, payload);
  }

  /** Says something to somebody who waits to be let in; hosts only (R72). Throws a Refusal. */
  async tellWaiting(participant: string, text: string): Promise<void> {
    const { sealNote } = await import('./sealing/note.ts');
    const { secret, meetingId, name } = this.#options;
    const sealed = await sealNote({ secret, meetingId, to: participant }, { name, text });
    await this.command('knock:tell', { participant, sealed });
  }

  /** Tells the others one's loudness from 0 to 1 and whether it counts as speaking (R33). */
  announceLevel(level: number, speaking: boolean): void {
    this.#tenure.sendLevel(level, speaking);
  }

  /** A channel of the connection that now works to `participantId`, for files (R86) or the board (R95); nothing while none does. */
  dataChannel(participantId: string, name: ChannelName): RTCDataChannel | null | undefined {
    return this.#tenure.dataChannel(participantId, name);
  }

  /** What the browser measures of the connection to `participantId`; null where there is none. */
  stats(participantId: string): Promise<RTCStatsReport | null> {
    return this.#tenure.stats(participantId);
  }

  /** For somebody who has mended their network and does not want to wait for the next try. */
  tryNow(): void {
    this.#tenure.doubt('strong');
  }

  /** Gives the seat up, saying so to the server (for a second at most), and closes everything. */
  async leave(): Promise<void> {
    await Promise.race([this.#tenure.giveUp(), this.#pause(LEAVE_MS)]);
    this.close();
  }

  /** Closes everything without saying so, as a closed tab would. */
  close(): void {
    this.#tenure.close();
    this.#announce({ status: 'closed' });
  }

  /** Follows the first try to take the seat to its end. */
  #entered(): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.events.on('connection', (state) => {
        if (state.status === 'connected') resolve();
        else if (state.status === 'refused') reject(new Refusal(state.error));
        else if (state.status === 'taken') reject(new Refusal('wrong-state'));
        else if (state.status === 'closed') reject(new Unreachable());
        else return;
        stop();
        cancel();
      });
      const cancel = this.#surroundings.clock.after(JOIN_MS, () => {
        stop();
        reject(new Unreachable());
      });
    });
  }

  /** Waits for the first news of who is there. */
  #met(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.events.on('participants', () => {
        stop();
        resolve();
      });
    });
  }

  #pause(ms: number): Promise<void> {
    return new Promise((done) => this.#surroundings.clock.after(ms, done));
  }

  /** Refused, taken and closed are final. */
  #announce(state: ConnectionState): void {
    if (this.#isOver) return;
    this.#isOver = ['refused', 'taken', 'closed'].includes(state.status);
    if (this.#isOver) this.#stopWatching();
    this.events.emit('connection', state);
  }
}

function viewOf(participant: KnownParticipant, selfId: string): ParticipantView {
  const { id, incarnation, arrival, identity, role, presence, media, hand, speech } = participant;
  const { stopped, heedless } = participant;
  return {
    id,
    incarnation,
    arrival,
    isSelf: id === selfId,
    name: identity?.name ?? null,
    role,
    presence,
    media,
    hand,
    speech,
    stopped,
    heedless,
  };
}
