import type { BetweenTabs } from '../seat-claim.ts';

type Holder = { tab: FakeTab; end: (error: DOMException | null) => void };
type Waiting = { tab: FakeTab; begin: () => void };

/** One browser's tabs as far as they know of each other: Web Locks, and channels on which what one says all others hear. */
export class FakeTabs {
  readonly held = new Map<string, Holder>();
  readonly waiting = new Map<string, Waiting[]>();
  readonly channels: FakeChannel[] = [];

  open(): FakeTab {
    return new FakeTab(this);
  }

  /** Ends the hold on `name`, and lets the next in line begin. */
  end(name: string, error: DOMException | null = null): void {
    const holder = this.held.get(name);
    this.held.delete(name);
    holder?.end(error);
    if (error === null) this.waiting.get(name)?.shift()?.begin();
  }
}

/** One tab. A frozen one hears nothing and answers nothing, but keeps its locks. */
export class FakeTab implements BetweenTabs {
  isFrozen = false;
  readonly #tabs: FakeTabs;
  readonly locks: LockManager;

  constructor(tabs: FakeTabs) {
    this.#tabs = tabs;
    const request = (name: string, how: LockOptions, hold: () => Promise<void>) =>
      this.#request(name, how, hold);
    const query = () =>
      Promise.resolve({ held: [...tabs.held.keys()].map((name) => ({ name })), pending: [] });
    this.locks = { request, query } as unknown as LockManager;
  }

  readonly openChannel = (name: string): BroadcastChannel => {
    const channel = new FakeChannel(this.#tabs, this, name);
    this.#tabs.channels.push(channel);
    return channel as unknown as BroadcastChannel;
  };

  /** As the browser does when a tab goes away. */
  crash(): void {
    for (const [name, { tab }] of this.#tabs.held) if (tab === this) this.#tabs.end(name);
  }

  /** Never granted at once, as in a browser: whoever asks twice has asked the second time before holding anything. */
  async #request(name: string, how: LockOptions, hold: () => Promise<void>): Promise<void> {
    await Promise.resolve();
    return new Promise((resolve, reject) => {
      const begin = () => {
        const holder: Holder = { tab: this, end: (error) => (error ? reject(error) : resolve()) };
        this.#tabs.held.set(name, holder);
        void hold().then(() => {
          if (this.#tabs.held.get(name) === holder) this.#tabs.end(name);
        });
      };
      if (how.steal) this.#tabs.end(name, new DOMException('Stolen.', 'AbortError'));
      if (!this.#tabs.held.has(name)) {
        begin();
        return;
      }
      const waiting = { tab: this, begin };
      const line = this.#tabs.waiting.get(name) ?? [];
      this.#tabs.waiting.set(name, [...line, waiting]);
      how.signal?.addEventListener('abort', () => {
        const left = this.#tabs.waiting.get(name)?.filter((one) => one !== waiting) ?? [];
        this.#tabs.waiting.set(name, left);
        reject(new DOMException('Not in time.', 'AbortError'));
      });
    });
  }
}

class FakeChannel extends EventTarget {
  readonly #tabs: FakeTabs;
  readonly #tab: FakeTab;
  readonly #name: string;

  constructor(tabs: FakeTabs, tab: FakeTab, name: string) {
    super();
    this.#tabs = tabs;
    this.#tab = tab;
    this.#name = name;
  }

  postMessage(data: unknown): void {
    for (const other of this.#tabs.channels)
      if (other !== this && other.#name === this.#name && !other.#tab.isFrozen)
        queueMicrotask(() => other.dispatchEvent(new MessageEvent('message', { data })));
  }

  close(): void {
    this.#tabs.channels.splice(this.#tabs.channels.indexOf(this), 1);
  }
}
