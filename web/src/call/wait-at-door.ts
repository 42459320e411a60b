import type { KnockOptions } from '../connection/knock.ts';
import type { Waiting } from './waiting.svelte.ts';

/** What it takes to wait until a host lets one in, fetched for whoever has to. */
export async function waitAtDoor(options: KnockOptions): Promise<Waiting> {
  const [{ Waiting }, { makeKnock }] = await Promise.all([
    import('./waiting.svelte.ts'),
    import('./call-connection.ts'),
  ]);
  return new Waiting(await makeKnock(options), options.meetingId);
}
