import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../../src/database/database.js';
import { Person } from './person.js';
import type { Random } from './random.js';
import { percentile, report } from './report.js';
import type { Service } from './service.js';
import { expectRetryWorks, lossesInStore, lossesOf, type Losses } from './verify.js';

/** How many people sign in beside each other. */
const BESIDE = 8;

/** What is killed how often, and who is asked what is left. */
export interface Rounds {
  name: string;
  rounds: number;
  service: Service;
  database: Database;
  random: Random;
  /** Kills something. Returns what brings it back, and with it how many milliseconds that took. */
  strike: () => Promise<() => Promise<number>>;
}

/**
 * Kills something at a random moment of a load of sign-ins, round after round, brings it back, and looks whether all that
 * was acknowledged is so and nobody is there by half. Whoever got no answer must be able to try again.
 *
 * @returns what was lost, in words, and how many changes were acknowledged
 */
export async function countLosses({
  name,
  rounds,
  service,
  database,
  random,
  strike,
}: Rounds): Promise<{ losses: Losses; acknowledged: number }> {
  const everybody: Person[] = [];
  const recoveries: number[] = [];
  const losses: Losses = [];
  let unanswered = 0;
  for (let round = 0; round < rounds; round += 1) {
    const people: Person[] = [];
    const crowd = startCrowd(service, people, random);
    await sleep(150 + random() * 600);
    const comeBack = await strike();
    await sleep(random() * 100);
    await crowd.stop();
    recoveries.push(await comeBack());
    everybody.push(...people.filter(({ user }) => user !== 'nobody'));
    losses.push(...(await lossesInStore(database, people)));
    for (const person of people) losses.push(...(await lossesOf(service, person)));
    const inDoubt = people.filter(({ user }) => user === 'unknown');
    unanswered += inDoubt.length;
    for (const person of inDoubt) await expectRetryWorks(service, person);
    await lossesInStore(database, []);
  }
  // What was true after its own round is so after all the others.
  const doubtless = everybody.filter(({ user }) => user !== 'unknown');
  losses.push(...(await lossesInStore(database, doubtless)));
  const acknowledged = everybody.reduce((sum, person) => sum + person.acknowledged, 0);
  report(
    `${name}: ${rounds} kills, ${everybody.length} people, ${acknowledged} changes acknowledged, ` +
      `${unanswered} sign-ins in doubt, ${losses.length} lost; back in ` +
      `${percentile(recoveries, 0.5)} ms (median), ${Math.max(...recoveries)} ms (longest)`,
  );
  return { losses, acknowledged };
}

/** Lets new people come, one after another at each of several places, until it is stopped. */
function startCrowd(service: Service, people: Person[], random: Random) {
  const over = new AbortController();
  const places = Array.from({ length: BESIDE }, async () => {
    while (!over.signal.aborted) {
      const person = new Person(service);
      people.push(person);
      await person.live(random);
      // While nothing answers, nobody has to come as fast as they can.
      if (person.acknowledged === 0) await sleep(20);
    }
  });
  return {
    async stop() {
      over.abort();
      await Promise.all(places);
    },
  };
}
