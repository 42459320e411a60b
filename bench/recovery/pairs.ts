import { launchChromium } from '../../tests/browsers/launch-chromium.ts';
import { Paths } from '../../tests/faults/paths.ts';
import { Witness } from '../../tests/faults/witness.ts';
import { deviceFiles } from '../../tests/fixtures/device-files.ts';
import { identities } from '../../tests/fixtures/identity.ts';
import { makeMeeting } from '../../tests/fixtures/make-meeting.ts';
import { SignalingServer } from '../../tests/fixtures/signaling-server.ts';
import { startLimitServer } from '../servers/limit-server.ts';
import { allSeeOneAnother, enterLimit, enterMeeting, openPerson, type Person } from './people.ts';

/** Two people in a meeting and two in bare pages, in one browser at the same time, so that one fault hits both pairs alike. */
export type Pairs = {
  ours: [Person, Person];
  bare: [Person, Person];
  /** Further people in the meeting. */
  others: Person[];
  paths: Paths;
  witness: Witness;
  server: SignalingServer;
};

const INTERVAL_MS = 50;

/** `others` are the names of people who are in the meeting too. */
export async function withPairs(
  act: (pairs: Pairs) => Promise<void>,
  others: readonly string[] = [],
): Promise<void> {
  const server = new SignalingServer();
  const limitServer = await startLimitServer();
  const paths = new Paths();
  const [identity] = identities;
  if (!identity) throw new Error('There is nobody.');
  const browser = await launchChromium(deviceFiles(identity));
  try {
    await server.start();
    const witness = new Witness();
    const open = async (name: string) => {
      const person = await openPerson(browser, name, { paths, interval: INTERVAL_MS });
      witness.watch(person);
      return person;
    };
    const ours: [Person, Person] = [await open('Ada'), await open('Bruno')];
    const bare: [Person, Person] = [await open('bare Ada'), await open('bare Bruno')];
    const further: Person[] = [];
    for (const name of others) further.push(await open(name));
    const link = await makeMeeting(server.url);
    for (const person of [...ours, ...further]) await enterMeeting(person, link);
    for (const person of bare) await enterLimit(person, limitServer.url, 'bare');
    await Promise.all([[...ours, ...further], bare].map((all) => allSeeOneAnother(all, witness)));
    await act({ ours, bare, others: further, paths, witness, server });
  } finally {
    await browser.close();
    await paths.close();
    limitServer.stop();
    await server.remove();
  }
}
