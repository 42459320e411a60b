import { type MediaState, Refusal } from '@confab/protocol';
import { type Admission, Unreachable, describeMeeting } from '../connection/meetings-api.ts';
import type { Call, CallEnd } from './call.svelte.ts';
import { type Admitted, EarlyAdmission } from './early-admission.ts';
import type { LocalMedia } from './local-media.svelte.ts';
import type { Preferences } from './preferences.ts';
import { type JoinTrouble, type Problem, joinTroubleOf, problemOf } from './problems.ts';
import { rememberSeat, rememberedHostToken, rememberedSeat } from './remembered-seat.ts';
import { hindrance } from './requirements.ts';
import { seekAdmission } from './seek-admission.ts';

export type Stage =
  | { name: 'opening' }
  | { name: 'green-room' }
  /** Back from a reload or from the goodbye page, without stopping in the green room. */
  | { name: 'returning' }
  | { name: 'meeting'; call: Call }
  | { name: 'goodbye' }
  | { name: 'problem'; problem: Problem };

/** From following a meeting's link to having left it: which screen one is on, and what leads to the next. */
export class Visit {
  readonly meetingId: string;
  readonly secret: string;
  readonly media: LocalMedia;
  readonly preferences: Preferences;
  #stage = $state.raw<Stage>({ name: 'opening' });
  #asksPasscode = $state(false);
  #joinTrouble = $state<JoinTrouble | null>(null);
  #isJoining = $state(false);
  #isOver = false;
  #admission: Admission | null = null;
  #early: EarlyAdmission | null = null;

  constructor(meetingId: string, secret: string, media: LocalMedia, preferences: Preferences) {
    this.meetingId = meetingId;
    this.secret = secret;
    this.media = media;
    this.preferences = preferences;
    addEventListener('pagehide', this.#keepSeat);
  }

  get stage(): Stage {
    return this.#stage;
  }

  get asksPasscode(): boolean {
    return this.#asksPasscode;
  }

  get joinTrouble(): JoinTrouble | null {
    return this.#joinTrouble;
  }

  get isJoining(): boolean {
    return this.#isJoining;
  }

  /** Looks where this visit begins: back in one's seat after a reload, otherwise in the green room. */
  async open(): Promise<void> {
    const problem = hindrance();
    if (problem) {
      this.#fail(problem);
      return;
    }
    const seat = rememberedSeat(this.meetingId);
    if (seat) return this.#return(seat.admission, seat.name, seat.media);
    try {
      const { passcode } = await describeMeeting(this.meetingId);
      this.#asksPasscode = passcode && rememberedHostToken(this.meetingId) === null;
      this.#show({ name: 'green-room' });
      const { microphoneOn, cameraOn } = this.preferences.choices;
      await this.media.start({ microphone: microphoneOn, camera: cameraOn });
      this.#prepare();
    } catch (error) {
      this.#fail(problemOf(error));
    }
  }

  /** After a problem: begins again if the server answers, and changes nothing on screen if it does not. */
  async retry(): Promise<void> {
    try {
      await describeMeeting(this.meetingId);
    } catch (error) {
      this.#fail(problemOf(error));
      return;
    }
    await this.open();
  }

  /** Asks for a seat and takes it. What can be mended in the green room is told there, the rest is a problem. */
  async join(name: string, passcode: string): Promise<void> {
    this.preferences.remember({ name });
    this.#joinTrouble = null;
    this.#isJoining = true;
    try {
      await this.#takeSeat(await this.#admitted(passcode), name);
    } catch (error) {
      this.#joinTrouble = joinTroubleOf(error);
      if (this.#joinTrouble?.startsWith('passcode')) this.#asksPasscode = true;
      if (this.#joinTrouble === null) this.#fail(problemOf(error));
      else this.#show({ name: 'green-room' });
    } finally {
      this.#isJoining = false;
    }
  }

  /** Leaves for good: the seat is given up and the devices are let go. */
  async leave(): Promise<void> {
    if (this.#stage.name !== 'meeting') return;
    const { call } = this.#stage;
    const { microphone, camera } = this.media.state;
    this.preferences.remember({ microphoneOn: microphone, cameraOn: camera });
    rememberSeat(this.meetingId, null);
    this.#show({ name: 'goodbye' });
    this.media.release();
    await call.leave();
  }

  /** From the goodbye page back in. */
  async rejoin(): Promise<void> {
    this.#show({ name: 'returning' });
    const { name, microphoneOn, cameraOn } = this.preferences.choices;
    await this.media.start({ microphone: microphoneOn, camera: cameraOn });
    await this.join(name, '');
  }

  close(): void {
    this.#isOver = true;
    removeEventListener('pagehide', this.#keepSeat);
    this.#early?.close();
    if (this.#stage.name === 'meeting') this.#stage.call.close();
    this.media.close();
  }

  async #return(admission: Admission, name: string, media: MediaState): Promise<void> {
    this.#show({ name: 'returning' });
    await this.media.start(media);
    try {
      await this.#takeSeat({ admission }, name);
    } catch (error) {
      if (error instanceof Unreachable) {
        this.#fail('unreachable');
        return;
      }
      // The seat is gone: it was held long enough, or the server began anew.
      rememberSeat(this.meetingId, null);
      await this.open();
    }
  }

  /** Fetches what joining needs while somebody looks at themselves, so that the click waits for none of it. */
  #prepare(): void {
    if (this.#stage.name !== 'green-room') return;
    this.#early?.close();
    this.#early = this.#asksPasscode ? null : this.#askEarly();
    // What cannot be had now is fetched again at the click, and told there.
    import('./call.svelte.ts').then(
      ({ prepareConnection }) => prepareConnection(),
      () => undefined,
    );
  }

  #askEarly(): EarlyAdmission {
    return new EarlyAdmission(
      () => seekAdmission(this.meetingId, this.secret, ''),
      async (admission) => (await import('./call.svelte.ts')).openDoorstep(admission),
    );
  }

  async #admitted(passcode: string): Promise<Admitted> {
    const early = this.#early;
    // One seat is taken once; whoever comes again asks again.
    this.#early = null;
    if (passcode !== '') early?.close();
    const ready = passcode === '' ? await early?.take() : null;
    return ready ?? { admission: await seekAdmission(this.meetingId, this.secret, passcode) };
  }

  async #takeSeat({ admission, doorstep }: Admitted, name: string): Promise<void> {
    const { Call, openConnection } = await import('./call.svelte.ts');
    const { meetingId, secret, media } = this;
    const connection = openConnection({ meetingId, secret, admission, name, doorstep }, media);
    const call = new Call(connection, media, (end) => this.#end(end));
    try {
      await call.join();
    } catch (error) {
      call.close();
      throw error;
    }
    if (this.#isOver) {
      call.close();
      return;
    }
    this.#admission = admission;
    this.#show({ name: 'meeting', call });
    this.#keepSeat();
  }

  /** The server ended one's part. A seat that was taken elsewhere can be taken back, so it is kept in mind. */
  #end(end: CallEnd): void {
    if (this.#stage.name !== 'meeting') return;
    this.#keepSeat();
    this.#stage.call.close();
    if (end.status === 'refused') rememberSeat(this.meetingId, null);
    this.#fail(end.status === 'taken' ? 'taken' : problemOf(new Refusal(end.error)));
  }

  #fail(problem: Problem): void {
    this.media.release();
    this.#show({ name: 'problem', problem });
  }

  #show(stage: Stage): void {
    if (!this.#isOver) this.#stage = stage;
  }

  // Once more when the page goes, since the token has been renewed and the camera switched in the meantime.
  readonly #keepSeat = () => {
    if (this.#stage.name !== 'meeting' || this.#admission === null) return;
    const { participantId, token } = this.#stage.call;
    rememberSeat(this.meetingId, {
      admission: { ...this.#admission, participantId, token },
      name: this.preferences.choices.name,
      media: this.media.state,
    });
  };
}
