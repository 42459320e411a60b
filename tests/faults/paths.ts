import type { BrowserContext } from '@playwright/test';
import { divertPaths } from '../page/divert-paths.ts';
import { Path, type Address } from './path.ts';

/** All paths between the people of one test. Everybody in a meeting has to be diverted, or a packet finds a way around. */
export class Paths {
  private readonly paths = new Map<string, Path>();
  /** By address and port: who has told that it is theirs. */
  private readonly owners = new Map<string, string>();
  private readonly asked = new Map<string, ((owner: string) => void)[]>();

  /** Leads what one person's pages send to others over the paths of this test. Before the page is opened. */
  async divert(name: string, context: BrowserContext): Promise<void> {
    await context.exposeBinding('tellOwnAddress', (_, own: Address) => this.own(name, own));
    await context.exposeBinding('askStandIn', (_, real: Address) => this.standIn(name, real));
    await context.addInitScript(divertPaths);
  }

  between(one: { name: string }, other: { name: string }): Path {
    return this.path(one.name, other.name);
  }

  async close(): Promise<void> {
    for (const path of this.paths.values()) await path.close();
  }

  private own(name: string, own: Address): void {
    const key = keyOf(own);
    this.owners.set(key, name);
    for (const answer of this.asked.get(key) ?? []) answer(name);
    this.asked.delete(key);
  }

  private async standIn(asking: string, real: Address): Promise<Address> {
    return this.path(asking, await this.ownerOf(real)).standInFor(await this.ownerOf(real), real);
  }

  /** The signal that names an address may be faster than its owner's page. */
  private async ownerOf(address: Address): Promise<string> {
    const key = keyOf(address);
    const known = this.owners.get(key);
    if (known !== undefined) return known;
    return new Promise((answer) => {
      this.asked.set(key, [...(this.asked.get(key) ?? []), answer]);
    });
  }

  private path(one: string, other: string): Path {
    const key = [one, other].sort().join(' – ');
    const path = this.paths.get(key) ?? new Path(one, other);
    this.paths.set(key, path);
    return path;
  }
}

function keyOf({ address, port }: Address): string {
  return `${address}:${port}`;
}
