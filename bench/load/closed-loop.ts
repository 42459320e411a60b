import { eventFrame } from './engine-socket.ts';
import type { Seat } from './seat.ts';
import { signalsOfALink } from './sealed-text.ts';

type Sender = {
  seat: Seat;
  frames: Buffer[];
  targets: Seat[];
  next: number;
  awaited: Expected | null;
};
type Expected = { at: Seat; bytes: number };

const RECEIVED = 'signal:received';
const SENDER_AT = `42["${RECEIVED}",{"from":"`.length;

/**
 * Everybody sends signals to the others of their meeting in turn, each participant the next one when the last has arrived:
 * as many are under way as there are participants. A signal that arrives at the wrong place, or is refused, ends the run.
 */
export class ClosedLoop {
  private readonly senders = new Map<string, Sender>();
  private left = 0;
  private underWay = 0;
  private finished: () => void = () => undefined;
  private failed: (reason: Error) => void = () => undefined;

  constructor(seats: readonly Seat[]) {
    const signals = signalsOfALink();
    for (const seat of seats) {
      const targets = seats.filter((other) => other.meeting === seat.meeting && other !== seat);
      const frames = targets.flatMap((target) =>
        signals.map((sealed) => eventFrame('signal:send', { to: target.address, sealed })),
      );
      this.senders.set(seat.address, { seat, frames, targets, next: 0, awaited: null });
      seat.socket.onEvent = (frame) => this.arrived(seat, frame);
    }
  }

  /** Resolves when `count` more signals have arrived. */
  relay(count: number): Promise<void> {
    this.left = count;
    const done = new Promise<void>((resolve, reject) => {
      this.finished = resolve;
      this.failed = reject;
    });
    for (const sender of this.senders.values()) this.send(sender);
    return done;
  }

  private send(sender: Sender): void {
    if (this.left === 0) return;
    this.left--;
    this.underWay++;
    // The targets take turns, and each gets the signals of a link in their order.
    const { frames, targets, next } = sender;
    const target = next % targets.length;
    const perTarget = frames.length / targets.length;
    const frame = frames[target * perTarget + (Math.floor(next / targets.length) % perTarget)];
    const at = targets[target];
    if (!frame || !at) throw new Error('A participant of the load is alone in the meeting.');
    sender.next++;
    sender.awaited = { at, bytes: frame.length };
    sender.seat.socket.send(frame);
  }

  private arrived(seat: Seat, frame: Buffer): void {
    const event = frame.toString('latin1', 4, 4 + RECEIVED.length);
    if (event !== RECEIVED) {
      if (event.startsWith('signal:refused')) this.failed(new Error(frame.toString()));
      return;
    }
    const from = frame.toString('latin1', SENDER_AT, frame.indexOf('"', SENDER_AT));
    const sender = this.senders.get(from);
    const expected = sender?.awaited;
    if (!sender || expected?.at !== seat || frame.length < expected.bytes) {
      this.failed(new Error(`A signal arrived where it was not sent: ${frame.toString()}`));
      return;
    }
    sender.awaited = null;
    this.underWay--;
    this.send(sender);
    if (this.underWay === 0) this.finished();
  }
}
