import { test } from '../fixtures/test.ts';
import type { Participant } from '../fixtures/participant.ts';

const names = ['Alice', 'Bob', 'Carol', 'Dave', 'Erin', 'Frank'];
const small = { width: 160, height: 90, framesPerSecond: 5 };

test('six people see and hear one another, small and slow', async ({ join }) => {
  test.setTimeout(240_000);
  const people: Participant[] = [];
  for (const name of names) people.push(await join(name, { devices: 'drawn', size: small }));
  await allSeeAndHear(people);
});

test('R30 four people who join at the same moment all find one another', async ({
  arrive,
  meeting,
}) => {
  const people: Participant[] = [];
  for (const name of names.slice(0, 4)) {
    const person = await arrive(name, { devices: 'drawn', size: small });
    await person.page.goto(meeting);
    people.push(person);
  }
  await Promise.all(people.map((person) => person.entersFromGreenRoom()));
  await allSeeAndHear(people);
});

/** Everybody looks and listens at the same time: one after the other, thirty pairs take minutes. */
async function allSeeAndHear(people: Participant[]) {
  await Promise.all(
    people.map(async (person) => {
      const others = people.filter((other) => other !== person);
      await person.seesOnly(...others);
      await person.seesAndHears(...others);
    }),
  );
}
