import type { Browser, Page } from 'playwright-core';
import { createMeeting } from '../load/confab-meetings.ts';
import type { LimitServer } from '../servers/limit-server.ts';
import type { MeasuredServer } from '../servers/measured-server.ts';
import { freshPage, seenBy, until } from './chromium.ts';

/** One side of a comparison: makes meetings, and pages that are about to join them. */
export type MeetingPages = {
  newMeeting(): Promise<Meeting>;
};

export type Meeting = {
  /** A fresh page on which `Join now` can be clicked and the own camera is seen. */
  page(name: string): Promise<Page>;
  close(): Promise<void>;
};

export function confabPages(browser: Browser, server: MeasuredServer): MeetingPages {
  const origin = server.url.replace('127.0.0.1', 'localhost');
  return {
    async newMeeting() {
      const { meetingId, secret } = await createMeeting(server.url);
      return meetingAt(browser, `${origin}/m/${meetingId}#${secret}`);
    },
  };
}

/** `camera` is the size that Confab asks for, so that both sides encode the same picture. */
export function limitPages(
  browser: Browser,
  server: LimitServer,
  camera: { width: number; height: number },
): MeetingPages {
  let meetings = 0;
  return {
    newMeeting() {
      const query = `width=${camera.width}&height=${camera.height}&meeting=${++meetings}`;
      return Promise.resolve(meetingAt(browser, `${server.url}/limit.html?${query}`));
    },
  };
}

/** The camera size that Confab's green room opens. */
export async function cameraOf(pages: MeetingPages): Promise<{ width: number; height: number }> {
  const meeting = await pages.newMeeting();
  const { camera } = await seenBy(await meeting.page('Ada'));
  await meeting.close();
  if (!camera) throw new Error('The green room showed no camera.');
  return camera;
}

/** What a browser does for a window that has just been opened is over by then, and counts for nobody; milliseconds. */
const SETTLING_MS = 1_000;

function meetingAt(browser: Browser, address: string): Meeting {
  const opened: Page[] = [];
  return {
    async page(name) {
      const page = await freshPage(browser);
      opened.push(page);
      await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
      await page.goto(address);
      // Before anything is looked for in the page: that alone holds it up for as long as a quarter of the way here.
      await until(page, 'seen.joinableAt && seen.previewAt');
      await fillIn(page, name);
      return page;
    },
    async close() {
      await Promise.all(opened.map((page) => page.context().close()));
    },
  };
}

/** The green room asks for a name; the limit's page does not. */
async function fillIn(page: Page, name: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Your name' });
  if (await field.count()) await field.fill(name);
}
