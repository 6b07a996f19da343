import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { RiskTier } from '../../../server/domain/cadence/child-facts.ts';
import { dutiesOf } from '../../../server/domain/cadence/duties.ts';
import { FUJIAN_PLAN_POLICY } from '../../../server/domain/cadence/policy.ts';
import { standingFromSummary, standingOf } from '../../../server/domain/cadence/standing.ts';
import { cadenceColumns, readCadence } from '../../../server/services/cadence-record.ts';
import { END, START, anyThreads, asFiled, asLived, file, type Thread } from '../../support/child-acts.ts';
import { inMemory, inStore, type Kept, type Readable } from '../../support/child-rows.ts';
import { openTestStore, sqliteWorld } from '../../support/store-world.ts';
import { addDays } from '../../../server/domain/local-date.ts';

const PLAN = [FUJIAN_PLAN_POLICY];

/** What the rules and the planner know of a child once everything is told, with the ids alike in every order. */
async function known(rows: Readable, prefix = '') {
  const { facts } = await rows.history();
  const { cadence, lastVisitOn, lastContactOn } = await rows.kept();
  const kept = readCadence(cadence.replaceAll(prefix, ''));
  return {
    duties: JSON.stringify(dutiesOf(facts, PLAN, END)).replaceAll(prefix, ''),
    kept,
    standing: standingFromSummary(kept.child, kept.summary, PLAN, END),
    days: [lastVisitOn, lastContactOn],
  };
}

/** What is kept on the child is what its rows say, computed anew. */
async function expectKeptIsRecomputed(rows: Readable): Promise<void> {
  const { facts } = await rows.history();
  const { cadence, recent, lastVisitOn, lastContactOn } = await rows.kept();
  expect(parsed({ cadence, recent, lastVisitOn, lastContactOn })).toEqual(parsed(cadenceColumns(facts, END)));
  const { child: keptChild, summary } = readCadence(cadence);
  expect(standingFromSummary(keptChild, summary, PLAN, END)).toEqual(standingOf(facts, PLAN, END));
}

function parsed({ cadence, recent, ...days }: Kept) {
  return { cadence: JSON.parse(cadence) as unknown, recent: JSON.parse(recent) as unknown, ...days };
}

const anyTier = fc.constantFrom<RiskTier>('low', 'medium', 'high');

describe('whatever is told of a child, in any order that is possible', () => {
  it('gives the duties and the summary of the days it speaks of, and what is kept is what the rows say', async () => {
    await fc.assert(
      fc.asyncProperty(anyThreads, anyTier, fc.boolean(), async (threads, tier, boarder) => {
        const [filed, lived] = [inMemory(tier, boarder), inMemory(tier, boarder)];
        await file(asFiled(threads), filed);
        await file(asLived(threads), lived);
        await expectKeptIsRecomputed(filed);
        expect(await known(filed)).toEqual(await known(lived));
      }),
      { numRuns: 250 },
    );
  });
});

const when = (day: number, delay = 0) => ({ day, delay });
const visited = (day: number, delay = 0) =>
  ({ ...when(day, delay), is: 'record', mode: 'home', seen: true, nobody: false }) as const;
const gone = (day: number, days: number | null, delay = 0) =>
  ({ ...when(day, delay), is: 'away', days, asks: false }) as const;
const back = (day: number, delay = 0) => ({ ...when(day, delay), is: 'back' }) as const;
const keptOut = (day: number) => ({ ...when(day), is: 'obstacle', kind: 'refused', tryIn: null }) as const;
const on = (day: number) => addDays(START, day);

/** Orders in which the summary once went another way than the days. */
describe('what once depended on the order', () => {
  const after = async (...threads: Thread[]) => {
    const [filed, lived] = [inMemory('medium', false), inMemory('medium', false)];
    await file(asFiled(threads), filed);
    await file(asLived(threads), lived);
    expect(await known(filed)).toEqual(await known(lived));
    await expectKeptIsRecomputed(filed);
    return (await filed.history()).facts;
  };
  const spans = ({ absences }: Awaited<ReturnType<typeof after>>) =>
    absences.map(({ from, until }) => [from, until]);

  it('two absences that overlap are both away, whichever was told first', async () => {
    expect(spans(await after([gone(5, 15)], [gone(1, 9, 10)]))).toEqual([
      [on(1), on(10)],
      [on(5), on(20)],
    ]);
  });

  it('a return also ends an absence that was told after it', async () => {
    expect(spans(await after([gone(1, null)], [back(10)], [gone(3, null, 12)]))).toEqual([
      [on(1), on(10)],
      [on(3), on(10)],
    ]);
  });

  it('a return leaves alone what is announced for later', async () => {
    expect(spans(await after([gone(1, null)], [gone(20, 10)], [back(10)]))).toEqual([
      [on(1), on(10)],
      [on(20), on(30)],
    ]);
  });

  it('a return that was a mistake gives the announced day back', async () => {
    const mistaken: Thread = [back(10), { ...when(12), is: 'not-back' }];
    expect(spans(await after([gone(1, 30)], mistaken))).toEqual([[on(1), on(31)]]);
  });

  it('an absence that was a mistake is none, and what was corrected before stays corrected', async () => {
    const mistaken: Thread = [
      gone(1, 30),
      { ...when(2), is: 'away-otherwise', days: 4, asks: false },
      { ...when(3), is: 'not-away' },
    ];
    expect(spans(await after(mistaken))).toEqual([]);
  });

  it('more days of a HIGH child wait for the supervisor, and what was agreed holds until then', async () => {
    const more = { ...when(1, 3), is: 'away-otherwise', days: 60, asks: true } as const;
    const waiting = await after([gone(1, 9), more]);
    expect(spans(waiting)).toEqual([[on(1), on(10)]]);
    expect(waiting.pending?.asked.map(({ until }) => until)).toEqual([on(61)]);
    expect(spans(await after([gone(1, 9), more, { ...when(5), is: 'agree' }]))).toEqual([[on(1), on(61)]]);
    expect(spans(await after([gone(1, 9), more, { ...when(5), is: 'disagree' }]))).toEqual([[on(1), on(10)]]);
  });

  it('a visit made before the obstacle and filed after it does not end it', async () => {
    expect((await after([visited(3, 9)], [keptOut(7)])).pending?.obstacle?.kind).toBe('refused');
  });

  it('a later visit ends it, and stands in its way no more when it is taken back', async () => {
    const visit = visited(9);
    expect((await after([keptOut(7)], [visit])).pending).toBeUndefined();
    const taken: Thread = [visit, { ...when(9), is: 'undo' }];
    expect((await after([keptOut(7)], taken)).pending?.obstacle?.kind).toBe('refused');
    const moved: Thread = [visit, { ...visited(5), is: 'correct' }];
    expect((await after([keptOut(7)], moved)).pending?.obstacle?.kind).toBe('refused');
  });
});

describe('the same in a database', () => {
  const opened = sqliteWorld().then(async (world) => ({
    world,
    store: await openTestStore(await world.newDatabase()),
  }));
  afterAll(async () => {
    const { world, store } = await opened;
    await store.close();
    await world.close();
  });

  it('reads back what the rules need, in any order', async () => {
    const { store } = await opened;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(anyThreads, anyTier, fc.boolean(), async (threads, tier, boarder) => {
        run += 1;
        const [a, b] = [`filed${String(run)}-`, `lived${String(run)}-`];
        const filed = await inStore(store, `${a}c1`, tier, boarder);
        const lived = await inStore(store, `${b}c1`, tier, boarder);
        await file(asFiled(threads), filed, a);
        await file(asLived(threads), lived, b);
        await expectKeptIsRecomputed(filed);
        expect(await known(filed, a)).toEqual(await known(lived, b));
      }),
      { numRuns: 25 },
    );
  });
});
