import { afterEach, beforeEach, vi } from 'vitest';
import { admit, describeMeeting } from '../../connection/meetings-api.ts';
import { openConnection } from '../call-connection.ts';
// Loading them is no part of any test's time.
import '../call.svelte.ts';
import { LocalMedia } from '../local-media.svelte.ts';
import { Preferences } from '../preferences.ts';
import type { RememberedSeat } from '../remembered-seat.ts';
import { Visit } from '../visit.svelte.ts';
import { type FakeTab, FakeTabs } from './fake-tabs.ts';
import { FakeTrack, fakeConnection, plugIn } from './fakes.ts';

/** A seat as an earlier page left it behind. */
export const seat: RememberedSeat = {
  admission: { token: 'old', participantId: 'self', role: 'participant', tokenLifetime: 60 },
  resume: 'resume',
  name: 'Ada',
  media: { microphone: true, camera: false },
};

/** One browser with devices, visiting one meeting; the test's file mocks the connection and the meetings API. */
export class Visiting {
  tabs = new FakeTabs();
  getUserMedia = plugIn(() => new FakeTrack());
  connections: ReturnType<typeof fakeConnection>[] = [];
  /** What each join in turn answers; the last one goes on. */
  joins: (() => Promise<void>)[] = [() => Promise.resolve()];
  /** Which seat the next connection is in. */
  participantId = 'self';
  readonly #visits: Visit[] = [];

  /** A visit in a tab of its own, past its opening. */
  async open(tab: FakeTab = this.tabs.open()): Promise<Visit> {
    const visit = this.make(tab);
    await this.settle(visit.open());
    return visit;
  }

  /** A visit that has not begun. */
  make(tab: FakeTab = this.tabs.open()): Visit {
    const preferences = new Preferences();
    const media = new LocalMedia(preferences);
    const visit = new Visit('meeting', 'secret', media, preferences, tab);
    this.#visits.push(visit);
    return visit;
  }

  async inMeeting(tab?: FakeTab): Promise<Visit> {
    const visit = await this.open(tab);
    await this.settle(visit.join('Ada', ''));
    return visit;
  }

  /** Lets a step of a visit come to its end. */
  async settle(step: Promise<void>): Promise<void> {
    await vi.advanceTimersByTimeAsync(3_000);
    await step;
  }

  /** With what the latest connection was opened. */
  get opened() {
    return vi.mocked(openConnection).mock.lastCall?.[0];
  }

  connect() {
    const connection = { ...fakeConnection(), participantId: this.participantId };
    const join = this.joins.length > 1 ? this.joins.shift() : this.joins[0];
    connection.join.mockImplementation(() => join?.() ?? Promise.resolve());
    this.connections.push(connection);
    return connection;
  }

  close(): void {
    for (const visit of this.#visits) visit.close();
  }
}

/** Begins every test of a file with a fresh browser. */
export function visitingEachTime(begin: (visiting: Visiting) => void): void {
  let visiting: Visiting;
  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
    sessionStorage.clear();
    visiting = new Visiting();
    vi.mocked(describeMeeting).mockResolvedValue({
      passcode: false,
      waitingRoom: false,
      relay: false,
      recorded: false,
    });
    vi.mocked(admit)
      .mockReset()
      .mockResolvedValue({ ...seat.admission, token: 'new' });
    vi.mocked(openConnection)
      .mockReset()
      .mockImplementation(() => visiting.connect());
    begin(visiting);
  });
  afterEach(() => {
    visiting.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
