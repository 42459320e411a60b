import type { Deliver } from './proxy.ts';

/** A signal on its way to the browser of `to`. */
export type Passing = { from: string; to: string; sealed: string };

/** What is done to a signal instead of delivering it untouched; whatever is to arrive goes through `deliver`, now or later. */
export type Mischief = (signal: Passing, deliver: (signal: Passing) => void) => void;

/** Does its mischief to every signal on its way from the server to the browsers; everything else passes. */
export class EvilRelay {
  private readonly mischief: Mischief;
  private readonly browsers = new Map<string, Deliver>();

  constructor(mischief: Mischief) {
    this.mischief = mischief;
  }

  /** Participants by id, with their present incarnations, as any server knows them. */
  readonly incarnations = new Map<string, string>();

  /** One browser's WebSocket; the join's reply tells who is behind it. */
  readonly interfere = (deliver: Deliver) => {
    let owner: string | null = null;
    return (text: string): void => {
      for (const [, id, incarnation] of text.matchAll(PARTICIPANT)) {
        if (id && incarnation) this.incarnations.set(id, incarnation);
      }
      const joined = joinedParticipant(text);
      if (joined) this.browsers.set((owner = joined), deliver);
      const signal = owner && signalTo(owner, text);
      if (signal) this.mischief(signal, this.deliver);
      else deliver(text);
    };
  };

  private readonly deliver = ({ from, to, sealed }: Passing): void => {
    this.browsers.get(to)?.(`42${JSON.stringify(['signal:received', { from, sealed }])}`);
  };
}

/** As it stands in a snapshot. */
const PARTICIPANT = /"id":"([\w-]{22})","arrival":\d+,"incarnation":"([\w-]{22})"/g;

/** Reads a Socket.IO acknowledgement (`43`, its number, an array) of `meeting:join`. */
function joinedParticipant(text: string): string | null {
  if (!/^43\d+\[/.test(text)) return null;
  const [reply] = JSON.parse(text.slice(text.indexOf('['))) as [
    { ok: boolean; data?: { participantId?: string } },
  ];
  return reply.data?.participantId ?? null;
}

/** Reads a Socket.IO event (`42`, an array) `signal:received`. */
function signalTo(to: string, text: string): Passing | null {
  if (!text.startsWith('42["signal:received"')) return null;
  const [, notice] = JSON.parse(text.slice(2)) as [string, { from: string; sealed: string }];
  return { to, ...notice };
}
