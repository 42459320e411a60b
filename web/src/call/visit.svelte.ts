import { Refusal } from '@confab/protocol';
import { displayName } from '../connection/sealing/display-name.ts';
import type { CallEnd } from './call.svelte.ts';
import { Entrance } from './entrance.svelte.ts';
import { hindranceAtServer } from './hindrance-at-server.ts';
import type { LocalMedia } from './local-media.svelte.ts';
import type { Preferences } from './preferences.ts';
import { type Problem, isPassing, isToKnock, mayStillHaveSeat, problemOf } from './problems.ts';
import type { RememberedSeat } from './remembered-seat.ts';
import { hindrance } from './requirements.ts';
import { forgetInvitations } from './remembered-host.ts';
import { RelayChoice } from './relay-choice.svelte.ts';
import { SeatClaim, pageBetweenTabs } from './seat-claim.ts';
import { Seating, type WayIn } from './seating.ts';
import type { Stage } from './stage.ts';
import { waitAtDoor } from './wait-at-door.ts';
import type { Waiting } from './waiting.svelte.ts';

type Way = Omit<WayIn, 'admit' | 'relayOnly'>;

/** From following a meeting's link to having left it: which screen one is on, and what leads to the next. */
export class Visit {
  readonly meetingId: string;
  readonly secret: string;
  readonly media: LocalMedia;
  readonly preferences: Preferences;
  readonly entrance: Entrance;
  readonly #seating: Seating;
  #stage = $state.raw<Stage>({ name: 'opening' });
  #waiting: Waiting | null = null;
  #isOver = false;

  constructor(
    meetingId: string,
    secret: string,
    media: LocalMedia,
    preferences: Preferences,
    between = pageBetweenTabs,
  ) {
    this.meetingId = meetingId;
    this.secret = secret;
    this.media = media;
    this.preferences = preferences;
    this.entrance = new Entrance(meetingId, secret, new RelayChoice(preferences));
    const listener = { onWanted: () => this.#handOver(), onStolen: () => this.#giveWay() };
    const claim = new SeatClaim(meetingId, listener, between);
    this.#seating = new Seating(meetingId, secret, media, claim);
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** Looks where this visit begins: back in one's seat after a reload, before another tab that has it, or in the green room. */
  async open(): Promise<void> {
    const problem = hindrance();
    if (problem) {
      this.#fail(problem);
      return;
    }
    const { remembered } = this.#seating;
    this.#seating.forget();
    if (!(await this.#seating.isFree())) this.#show({ name: 'elsewhere' });
    else if (remembered) await this.#return(remembered);
    else await this.#prepare();
  }

  /**
   * After a problem: begins again if the server answers, and changes nothing on screen if it does not. Whoever was in the meeting
   * comes back to it without stopping in the green room.
   */
  async retry(): Promise<void> {
    const wasSeated = this.#stage.name === 'problem' && this.#stage.wasSeated;
    // Whoever has the link comes without the invitation then, as everybody does.
    if (this.#stage.name === 'problem' && this.#stage.problem === 'revoked')
      forgetInvitations(this.meetingId);
    const problem = await hindranceAtServer(this.meetingId);
    if (problem) this.#fail(problem, wasSeated);
    else await (wasSeated ? this.rejoin() : this.open());
  }

  /**
   * Asks for a seat and takes it. What can be mended in the green room is told there, the rest is a problem. A name of which nothing
   * readable is left (R20) leads to the green room and no further.
   */
  async join(typed: string, passcode: string): Promise<void> {
    const name = displayName(typed);
    if (name === null) {
      this.#show({ name: 'green-room' });
      return;
    }
    this.preferences.remember({ name });
    try {
      const isSeated = await this.entrance.pass(passcode, (admitted) =>
        this.#sitDown({ ...admitted, name }),
      );
      if (!isSeated) this.#show({ name: 'green-room' });
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** Looks whether it is open by now. */
  async lookAgain(): Promise<void> {
    if (this.#stage.name === 'early') await this.#prepare();
  }

  /** Leaves for good: the seat is given up and the devices are let go. */
  async leave(): Promise<void> {
    if (this.#stage.name !== 'meeting') return;
    const { call } = this.#stage;
    this.#giveUpSeat();
    this.#show({ name: 'goodbye' });
    this.media.release();
    await call.leave();
    // Something may have been kept while it was given up.
    this.#seating.forget();
  }

  /** Back in with the same name and devices, from the goodbye page or after the seat was lost. */
  async rejoin(): Promise<void> {
    const { name, microphoneOn, cameraOn } = this.preferences.choices;
    if (displayName(name) === null) {
      await this.#prepare();
      return;
    }
    this.#show({ name: 'returning' });
    await this.media.start({ microphone: microphoneOn, camera: cameraOn });
    await this.join(name, '');
  }

  /** From another tab to this one: with its seat where it answers, with a new one where it does not. */
  async moveHere(): Promise<void> {
    this.#show({ name: 'returning' });
    const seat = await this.#seating.takeOver();
    if (seat) await this.#return(seat);
    else await this.rejoin();
  }

  /** Leaves the other tab alone and takes a seat of one's own. */
  async joinHereToo(): Promise<void> {
    this.#seating.giveUp();
    this.#show({ name: 'opening' });
    await this.#prepare();
  }

  /** This address is left for another one. Whoever was in the meeting leaves it: coming back leads to the green room. */
  close(): void {
    this.#isOver = true;
    this.entrance.close();
    this.#waiting?.close();
    if (this.#stage.name === 'meeting') {
      this.#giveUpSeat();
      void this.#stage.call.leave();
    }
    this.#seating.close();
    this.media.close();
  }

  /** Camera and microphone are kept in mind as they are now: whoever comes back comes with them. */
  #giveUpSeat(): void {
    const { microphoneOn, cameraOn } = this.media;
    this.preferences.remember({ microphoneOn, cameraOn });
    this.#seating.giveUp();
  }

  async #prepare(): Promise<void> {
    try {
      await this.entrance.look();
    } catch (error) {
      this.#refuse(error);
      return;
    }
    this.#show({ name: 'green-room' });
    const { microphoneOn, cameraOn } = this.preferences.choices;
    await this.media.start({ microphone: microphoneOn, camera: cameraOn });
    if (!this.#isOver && this.#stage.name === 'green-room') this.entrance.prepare();
  }

  async #return({ admission, resume, name, media }: RememberedSeat): Promise<void> {
    this.#show({ name: 'returning' });
    await this.media.start(media);
    try {
      await this.#sitDown({ admission, resume, name });
    } catch (error) {
      if (mayStillHaveSeat(error) || problemOf(error) === 'denied') {
        this.#fail(problemOf(error));
        return;
      }
      // The seat is gone: it was held long enough, or somebody else has it. Whoever proves the link gets another.
      this.#seating.standUp();
      // A tab that the browser restores hours later is not to show somebody who does not know of it.
      if (error instanceof Refusal && error.code === 'token-expired') await this.#prepare();
      else await this.join(name, '');
    }
  }

  /** Knocks first where a host has to let one in. Throws what needs a screen of its own, or a word in the green room. */
  async #sitDown(way: Way): Promise<void> {
    const letIn = way.admission.waits ? await this.#wait(way) : way;
    if (letIn === null) {
      await this.#prepare();
      return;
    }
    const admit = () => this.entrance.seekAgain();
    const { relayOnly } = this.preferences.choices;
    const sitting = this.#seating.sitDown({ ...letIn, admit, relayOnly }, (end) => this.#end(end));
    const call = await sitting.catch((error: unknown) => {
      if (letIn !== way || !isToKnock(error)) throw error;
      return null;
    });
    if (call === null) {
      // A host has opened the waiting room since one was admitted.
      await this.#sitDown({ admission: { ...way.admission, waits: true }, name: way.name });
      return;
    }
    if (!this.#isOver && this.#stage.name !== 'moved') {
      this.#show({ name: 'meeting', call });
      return;
    }
    this.#seating.standUp();
    await call.leave();
  }

  /** Resolves when a host has let one in; null when one has stopped waiting. Throws a Refusal. A reload comes back to the queue. */
  async #wait({ admission, doorstep, name }: Way): Promise<Way | null> {
    doorstep?.close();
    const { meetingId, secret } = this;
    const waiting = await waitAtDoor({ meetingId, secret, admission, name });
    this.#waiting = waiting;
    const keep = (token: string) => this.#seating.rememberPlace({ ...admission, token }, name);
    keep(admission.token);
    this.#show({ name: 'waiting', waiting });
    try {
      const admitted = await waiting.answer(keep);
      return admitted && { admission: admitted, name };
    } finally {
      this.#seating.remember(null);
      this.#waiting = null;
    }
  }

  /** The server ended one's part. A seat that was taken elsewhere can be brought back, so it is kept in mind. */
  #end(end: CallEnd): void {
    if (this.#stage.name !== 'meeting') return;
    const { call } = this.#stage;
    const seat = this.#seating.standUp();
    call.close();
    if (end.status === 'taken' || end.error === 'resume-invalid') {
      this.#showMoved(seat);
      return;
    }
    this.#seating.forget();
    // The seat was lost for good, and another one is a host's to give.
    if (end.error === 'knock-required') void this.rejoin();
    else this.#fail(problemOf(new Refusal(end.error)), true);
  }

  #handOver(): RememberedSeat | null {
    if (this.#stage.name !== 'meeting') return null;
    const { call } = this.#stage;
    const seat = this.#seating.standUp();
    call.close();
    this.#showMoved(null);
    return seat;
  }

  /** Another tab sits in this one's place already, perhaps in the same seat: there is nothing to hand over. */
  #giveWay(): void {
    const call = this.#stage.name === 'meeting' ? this.#stage.call : null;
    this.#seating.standUp();
    this.#showMoved(null);
    void call?.leave();
  }

  #showMoved(seat: RememberedSeat | null): void {
    this.#seating.remember(seat);
    this.media.release();
    this.#show({ name: 'moved' });
  }

  #refuse(error: unknown): void {
    const { opensAt = 0, opensIn = 0 } = error instanceof Refusal ? error : {};
    if (opensAt === 0) this.#fail(problemOf(error));
    else {
      this.media.release();
      this.#show({ name: 'early', opening: { at: opensAt, in: opensIn } });
    }
  }

  #fail(problem: Problem, wasSeated = false): void {
    if (!isPassing(problem)) this.media.release();
    this.#show({ name: 'problem', problem, wasSeated });
  }

  #show(stage: Stage): void {
    if (!this.#isOver) this.#stage = stage;
  }
}
