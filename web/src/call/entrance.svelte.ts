import { type MeetingDescription, Refusal } from '@confab/protocol';
import { type Admission, Unreachable, describeMeeting } from '../connection/meetings-api.ts';
import { type Admitted, EarlyAdmission } from './early-admission.ts';
import { type JoinTrouble, joinTroubleOf } from './problems.ts';
import type { RelayChoice } from './relay-choice.svelte.ts';
import { comesAsHost } from './remembered-host.ts';
import { seekAdmission } from './seek-admission.ts';

/** How long a server may take to answer after the connection to it was lost, in milliseconds. */
const ANSWER_MS = 3_000;

/** How one gets from the green room into a meeting: what is asked for, a seat asked for ahead, and why a try failed. */
export class Entrance {
  readonly #meetingId: string;
  readonly #secret: string;
  readonly relay: RelayChoice;
  #asksPasscode = $state(false);
  #asksToEnter = $state(false);
  #isRecorded = $state(false);
  #trouble = $state<JoinTrouble | null>(null);
  #isJoining = $state(false);
  #isPrepared = $state(false);
  #passcode = '';
  #early: EarlyAdmission | null = null;

  constructor(meetingId: string, secret: string, relay: RelayChoice) {
    this.relay = relay;
    this.#meetingId = meetingId;
    this.#secret = secret;
  }

  get asksPasscode(): boolean {
    return this.#asksPasscode;
  }

  /** Whether a host has to let one in. */
  get asksToEnter(): boolean {
    return this.#asksToEnter;
  }

  /** Whether the meeting was being recorded when one looked (R94). */
  get isRecorded(): boolean {
    return this.#isRecorded;
  }

  /** Whether the green room stands, and what comes after it is being fetched. */
  get isPrepared(): boolean {
    return this.#isPrepared;
  }

  /** Whether this browser made the meeting, or somebody invited it to be a host. */
  get isHost(): boolean {
    return comesAsHost(this.#meetingId);
  }

  get trouble(): JoinTrouble | null {
    return this.#trouble;
  }

  get isJoining(): boolean {
    return this.#isJoining;
  }

  /** Learns what this meeting asks of a visitor and offers them. Throws as `describeMeeting`. */
  async look(): Promise<void> {
    const { passcode, waitingRoom, relay, recorded } = await describeMeeting(this.#meetingId).catch(
      (error: unknown) => this.#learnTheTruth(error),
    );
    this.#asksPasscode = passcode && !this.isHost;
    this.#asksToEnter = waitingRoom && !this.isHost;
    this.#isRecorded = recorded;
    this.relay.offer(relay);
  }

  /** Fetches what joining needs while somebody looks at themselves, so that the click waits for none of it. */
  prepare(): void {
    this.close();
    this.#isPrepared = true;
    // Who has clicked already is being given a seat; another would be nobody's.
    if (!this.#asksPasscode && !this.#isJoining) this.#early = this.#askEarly();
    // What cannot be had now is fetched again at the click, and told there.
    Promise.all([import('./call-connection.ts'), import('./call.svelte.ts')]).then(
      ([{ prepareConnection }]) => prepareConnection(this.#meetingId, this.#secret),
      () => undefined,
    );
  }

  /**
   * Asks for a seat and has it taken. Resolves to whether it was; if not, `trouble` says what the green room can tell about it. Throws
   * what needs a screen of its own.
   */
  async pass(passcode: string, take: (admitted: Admitted) => Promise<void>): Promise<boolean> {
    this.#passcode = passcode;
    this.#trouble = null;
    this.#isJoining = true;
    try {
      await take(await this.#admitted());
      return true;
    } catch (error) {
      this.#trouble = joinTroubleOf(error);
      if (this.#trouble === null) throw error;
      if (this.#trouble.startsWith('passcode')) this.#asksPasscode = true;
      return false;
    } finally {
      this.#isJoining = false;
    }
  }

  /** Asks for a seat once more, as one was admitted before. Throws as `admit`. */
  seekAgain(): Promise<Admission> {
    return seekAdmission(this.#meetingId, this.#secret, this.#passcode);
  }

  close(): void {
    this.#early?.close();
    this.#early = null;
  }

  #askEarly(): EarlyAdmission {
    return new EarlyAdmission(
      () => seekAdmission(this.#meetingId, this.#secret, ''),
      async (admission) => (await import('./call-connection.ts')).openDoorstep(admission),
    );
  }

  async #admitted(): Promise<Admitted> {
    const early = this.#early;
    // One seat is taken once; whoever comes again asks again.
    this.#early = null;
    if (this.#passcode !== '') early?.close();
    const ready = this.#passcode === '' ? await early?.take() : null;
    if (!ready?.doorstep?.isLost) return ready ?? { admission: await this.seekAgain() };
    ready.doorstep.close();
    return { admission: await this.#seekFromLostServer() };
  }

  /** A server that is only slow has its time; one that was just lost is probably gone. */
  #seekFromLostServer(): Promise<Admission> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Unreachable()), ANSWER_MS);
      this.seekAgain()
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }

  /** To outsiders a meeting that is over, locked or not open yet looks like none (R4, R48, R108); whoever proves the link is told, and a host is let in. */
  async #learnTheTruth(
    error: unknown,
  ): Promise<Omit<MeetingDescription, 'relay'> & { relay: null }> {
    if (!(error instanceof Refusal && error.code === 'meeting-not-found')) throw error;
    try {
      await seekAdmission(this.#meetingId, this.#secret, '');
      return asksNothing;
    } catch (truth) {
      // It was opened again this very moment.
      if (truth instanceof Refusal && truth.code === 'passcode-required')
        return { ...asksNothing, passcode: true };
      throw truth;
    }
  }
}

/** Nothing is told of a locked meeting, whoever asks. */
const asksNothing = { passcode: false, waitingRoom: false, relay: null, recorded: false };
