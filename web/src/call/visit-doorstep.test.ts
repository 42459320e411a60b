import { expect, it, vi } from 'vitest';
import { admit } from '../connection/meetings-api.ts';
import { type Visiting, visitingEachTime } from './test/visiting.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));
vi.mock('./tones.ts', () => ({ playTone: vi.fn() }));
vi.mock('./call-connection.ts', () => ({
  openConnection: vi.fn(),
  prepareConnection: vi.fn(),
  openDoorstep: () => ({ close: vi.fn() }),
}));
vi.mock('./requirements.ts', () => ({ hindrance: () => null }));
vi.mock('../connection/meetings-api.ts', async (original) => ({
  ...(await original()),
  admit: vi.fn(),
  describeMeeting: vi.fn(),
}));

let browser: Visiting;
visitingEachTime((visiting) => (browser = visiting));

it('whoever clicks while their camera is still being opened is admitted once', async () => {
  const give = browser.getUserMedia.getMockImplementation();
  let open = (): void => undefined;
  const asked = new Promise<void>((resolve) => (open = resolve));
  browser.getUserMedia.mockImplementation((wanted) => asked.then(() => give?.(wanted)) as never);
  let enter = (): void => undefined;
  browser.joins = [() => new Promise((resolve) => (enter = resolve))];
  const visit = browser.make();
  const opening = visit.open();
  await vi.waitUntil(() => visit.stage.name === 'green-room');
  const joining = visit.join('Ada', '');
  await vi.waitUntil(() => browser.connections.length === 1);
  open();
  await browser.settle(opening);
  enter();
  await browser.settle(joining);
  expect(visit.stage.name).toBe('meeting');
  expect(admit).toHaveBeenCalledOnce();
});
