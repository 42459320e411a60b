import type { NodeReport, RefusalCode } from '@confab/protocol';
import { OperatorClient } from '../../connection/operator-client.ts';
import { Stored } from '../stored.ts';
import { type Figures, figuresOf } from './figures.ts';

/** How many figures are kept: five minutes of them. */
export const ROOM = 150;
const KEY = 'confab:operator';
const isToken = (value: unknown) => typeof value === 'string';

/** As {@link OperatorClient}, so that tests need no server. */
export type OperatorLine = Pick<OperatorClient, 'events' | 'request' | 'close'>;

/** What whoever runs the server sees of it, and does. The token is kept for as long as the tab is open. */
export class Dashboard {
  readonly #connect: (token: string) => OperatorLine;
  readonly #stored = new Stored(() => sessionStorage);
  #line: OperatorLine | null = null;
  #standing = $state<'out' | 'entering' | 'in' | 'lost'>('out');
  #refusal = $state<RefusalCode | null>(null);
  #nodes = $state.raw<NodeReport[]>([]);
  #history = $state.raw<Figures[]>([]);

  constructor(connect = (token: string): OperatorLine => new OperatorClient(token)) {
    this.#connect = connect;
    const token = this.#stored.read(KEY, isToken);
    if (token !== null) this.enter(token);
  }

  get standing() {
    return this.#standing;
  }

  /** Why the last try to enter was refused. */
  get refusal(): RefusalCode | null {
    return this.#refusal;
  }

  get nodes(): NodeReport[] {
    return this.#nodes;
  }

  /** Of the last minutes, the oldest first. */
  get history(): Figures[] {
    return this.#history;
  }

  enter(token: string): void {
    this.#line?.close();
    this.#refusal = null;
    this.#standing = 'entering';
    const line = this.#connect(token);
    this.#line = line;
    line.events.on('connected', () => {
      this.#stored.write(KEY, token);
      this.#standing = 'in';
    });
    line.events.on('lost', () => (this.#standing = 'lost'));
    line.events.on('refused', (code) => {
      this.leave();
      this.#refusal = code;
    });
    line.events.on('reported', (nodes) => {
      this.#history = [...this.#history, figuresOf(this.#nodes, nodes)].slice(-ROOM);
      this.#nodes = nodes;
    });
  }

  /** Forgets the token. */
  leave(): void {
    this.#stored.write(KEY, null);
    this.close();
  }

  /** Says something to everybody in every meeting (R80). Throws a Refusal. */
  async announce(text: string): Promise<void> {
    await this.#line?.request('server:announce', { text });
  }

  /** Ends a meeting for everybody in it (R83). Throws a Refusal. */
  async end(meetingId: string): Promise<void> {
    await this.#line?.request('meeting:end', { meetingId });
  }

  close(): void {
    this.#line?.close();
    this.#line = null;
    this.#standing = 'out';
    this.#nodes = [];
    this.#history = [];
  }
}
