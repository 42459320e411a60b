import { expect, it, vi } from 'vitest';
import { type Visiting, visitingEachTime } from './test/visiting.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));
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

it('a second tab asks instead of joining, and moves the meeting with its seat', async () => {
  const first = await browser.inMeeting();
  browser.connections[0]?.events.emit('seat', {
    participantId: 'self',
    token: 'latest',
    resume: 'latest',
  });
  sessionStorage.clear();
  const second = await browser.open();
  expect(second.stage.name).toBe('elsewhere');
  expect(browser.getUserMedia).toHaveBeenCalledTimes(2);
  await browser.settle(second.moveHere());
  expect(second.stage.name).toBe('meeting');
  expect(browser.opened).toMatchObject({
    admission: { token: 'latest' },
    resume: 'latest',
    name: 'Ada',
  });
  expect(first.stage.name).toBe('moved');
  expect(first.media.cameraOn).toBe(false);
  expect(browser.connections[0]?.close).toHaveBeenCalled();
  expect(browser.connections[0]?.leave).not.toHaveBeenCalled();
});

it('what was moved can be brought back', async () => {
  const first = await browser.inMeeting();
  const second = await browser.open();
  await browser.settle(second.moveHere());
  await browser.settle(first.moveHere());
  expect(first.stage.name).toBe('meeting');
  expect(second.stage.name).toBe('moved');
  expect(browser.tabs.held.size).toBe(1);
});

it('joins beside another tab in a seat of its own', async () => {
  const first = await browser.inMeeting();
  sessionStorage.clear();
  const second = await browser.open();
  await browser.settle(second.joinHereToo());
  expect(second.stage.name).toBe('green-room');
  browser.participantId = 'self too';
  await browser.settle(second.join('Ada', ''));
  expect(second.stage.name).toBe('meeting');
  expect(first.stage.name).toBe('meeting');
  expect(browser.tabs.held.size).toBe(2);
});

it('a duplicated tab does not steal the seat unasked', async () => {
  const first = await browser.inMeeting();
  const duplicate = await browser.open();
  expect(duplicate.stage.name).toBe('elsewhere');
  expect(first.stage.name).toBe('meeting');
  expect(browser.connections).toHaveLength(1);
});

it('a frozen tab is passed by, and leaves when it wakes', async () => {
  const tab = browser.tabs.open();
  const frozen = await browser.inMeeting(tab);
  tab.isFrozen = true;
  sessionStorage.clear();
  const second = await browser.open();
  await browser.settle(second.moveHere());
  expect(second.stage.name).toBe('meeting');
  expect(browser.opened).toMatchObject({ admission: { token: 'new' }, name: 'Ada' });
  expect(frozen.stage.name).toBe('moved');
  expect(browser.connections[0]?.leave).toHaveBeenCalled();
});

it('R8 a seat that was taken elsewhere can be brought back', async () => {
  const visit = await browser.inMeeting();
  browser.connections[0]?.events.emit('seat', {
    participantId: 'self',
    token: 'latest',
    resume: 'latest',
  });
  browser.connections[0]?.events.emit('connection', { status: 'taken' });
  expect(visit.stage.name).toBe('moved');
  expect(visit.media.cameraOn).toBe(false);
  await browser.settle(visit.moveHere());
  expect(visit.stage.name).toBe('meeting');
  expect(browser.opened).toMatchObject({ resume: 'latest' });
});
