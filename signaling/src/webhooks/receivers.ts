import { createHash } from 'node:crypto';

/** A program that wants to hear what happens in meetings. */
export type Receiver = {
  url: string;
  /** What it is called where events are kept: its address may hold what nobody else should read. */
  name: string;
};

export function receiversAt(urls: string[]): Receiver[] {
  return urls.map((url) => ({
    url,
    name: createHash('sha256').update(url).digest('base64url').slice(0, 22),
  }));
}
