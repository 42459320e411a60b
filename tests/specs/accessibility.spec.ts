import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen keeps to WCAG 2.2 AA in ${colorScheme}`, async ({ arrive, server }) => {
    const alice = await arrive('Alice');
    await alice.page.emulateMedia({ colorScheme });
    await alice.page.goto(server.url);
    await expect(alice.page.getByRole('heading', { name: 'Confab' })).toBeVisible();
    expect(await violations(alice.page)).toEqual([]);

    const link = await alice.makesMeeting(server.url);
    await alice.seesPreview();
    expect(await violations(alice.page)).toEqual([]);

    await alice.entersFromGreenRoom();
    expect(await violations(alice.page)).toEqual([]);

    const bob = await arrive('Bob');
    await bob.joins(link);
    await alice.sees(bob);
    await bob.turnsOffCamera();
    await bob.mutes();
    await alice.reads('Camera off', { on: bob });
    await alice.control('People').click();
    await expect(alice.page.getByRole('list', { name: 'People' })).toBeVisible();
    expect(await violations(alice.page)).toEqual([]);

    await alice.leaves();
    expect(await violations(alice.page)).toEqual([]);
  });
}

/** What axe finds, short enough to read in a failure. */
async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(rules).analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
