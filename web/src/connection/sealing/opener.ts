import { Hello, ReactionBody, Signal } from '@confab/protocol';
import { type Address, type Route, openEnvelope } from './envelope.ts';
import { unframe } from './frame.ts';
import { RefusedSeal } from './refused-seal.ts';

/** A hello as its sender meant it, and which of its hellos it was. */
export type OpenedHello = Hello & { counter: number };

/** Opens a hello of `from`. Throws a RefusedSeal if it is not one. */
export async function openHello(
  key: CryptoKey,
  meetingId: string,
  from: Address,
  sealed: string,
): Promise<OpenedHello> {
  const route: Route = { meetingId, purpose: 'hello', from, to: null };
  const { counter, text } = await open(key, route, sealed);
  const hello = Hello.safeParse(text);
  if (!hello.success) throw new RefusedSeal('altered', 'not a hello');
  return { ...hello.data, counter };
}

/** Opens a signal from `from` to `to`. Throws a RefusedSeal if it is not one; does not know whether it was opened before. */
export async function openSignal(
  key: CryptoKey,
  meetingId: string,
  from: Address,
  to: Address,
  sealed: string,
): Promise<{ counter: number; signal: Signal }> {
  const { counter, text } = await open(key, { meetingId, purpose: 'signal', from, to }, sealed);
  const signal = Signal.safeParse(text);
  if (!signal.success || (signal.data.seq === 0) !== (signal.data.body === undefined)) {
    throw new RefusedSeal('altered', 'not a signal');
  }
  return { counter, signal: signal.data };
}

/** Opens a reaction of `from` (R58). Throws a RefusedSeal if it is not one; does not know whether it was opened before. */
export async function openReaction(
  key: CryptoKey,
  meetingId: string,
  from: Address,
  sealed: string,
): Promise<{ counter: number } & ReactionBody> {
  const route: Route = { meetingId, purpose: 'reaction', from, to: null };
  const { counter, text } = await open(key, route, sealed);
  const body = ReactionBody.safeParse(text);
  if (!body.success) throw new RefusedSeal('altered', 'not a reaction');
  return { counter, ...body.data };
}

/** What came on exactly this route, as its JSON says it, unchecked. Throws a RefusedSeal if nothing did. */
export async function open(key: CryptoKey, route: Route, sealed: string) {
  const { counter, framed } = await openEnvelope(key, route, sealed);
  const body = await unframe(framed);
  try {
    const text: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return { counter, text };
  } catch {
    throw new RefusedSeal('altered', 'not a JSON text');
  }
}
