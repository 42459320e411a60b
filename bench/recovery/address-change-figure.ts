import type { Browser } from 'playwright-core';
import { Witness } from '../../tests/faults/witness.ts';
import { until } from '../../tests/fixtures/until.ts';
import { figureOfRounds, type Figure } from '../figures.ts';
import { inNetwork, type Apart } from './apart.ts';
import {
  allSeeOneAnother,
  enterLimit,
  enterMeeting,
  makeMeetingInPage,
  openPerson,
  restartLimit,
  type Person,
} from './people.ts';

const INTERVAL_MS = 50;
/** Longer than any step between two frames of a picture that moves. */
const NOTICEABLE_MS = 500;

/**
 * One of two people gets another address: how long pictures stand still, next to a bare pair on the same two computers that is told at
 * that moment.
 */
export async function addressChangeFigure(rounds: number): Promise<Figure[]> {
  const measured: number[] = [];
  const limit: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { ours, bare } = await inNetwork(changeAddress);
    measured.push(ours);
    limit.push(bare);
    process.stderr.write('.');
  }
  return [
    figureOfRounds(
      {
        name: 'Address changed: pictures stand still',
        unit: 'ms',
        limitIs: 'a bare peer connection that reconnects and restarts ICE at once',
        aim: { ratio: 1.3, better: 'lower' },
      },
      { measured, limit },
    ),
  ];
}

async function changeAddress({ place, browsers, server, limitServer }: Apart) {
  const witness = new Witness();
  const open = async (browser: Browser, name: string): Promise<Person> => {
    const person = await openPerson(browser, name, { interval: INTERVAL_MS });
    witness.watch(person);
    return person;
  };
  const [stays, moves] = browsers;
  const ours = [await open(stays, 'Ada'), await open(moves, 'Bruno')] as const;
  const bare = [await open(stays, 'bare Ada'), await open(moves, 'bare Bruno')] as const;
  const link = await makeMeetingInPage(ours[0], server);
  await enterMeeting(ours[1], link);
  for (const person of bare) await enterLimit(person, limitServer, 'bare');
  await Promise.all([ours, bare].map((pair) => allSeeOneAnother(pair, witness)));
  const from = Date.now();
  place.changeAddress();
  await restartLimit(bare, bare[1]);
  await until(async () => {
    await witness.gather();
    const still = witness.longestStandstill(ours, { from, to: Date.now() });
    return still > NOTICEABLE_MS ? '' : 'The pictures have not stopped yet';
  });
  await Promise.all([ours, bare].map((pair) => allSeeOneAnother(pair, witness)));
  const span = { from, to: Date.now() };
  return {
    ours: witness.longestStandstill(ours, span),
    bare: witness.longestStandstill(bare, span),
  };
}
