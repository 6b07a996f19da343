import { peopleDiff, type PersonChange } from '../domain/contacts/people-diff.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import { faultOf } from '../platform/logger.ts';
import { decided, type Acting, type Decision } from '../services/acting.ts';
import { moveAccount } from '../services/move-account.ts';
import { comeBack, leaveCompany } from '../services/departure.ts';
import { childrenWaiting, departures } from '../store/departures.ts';
import { accountsByIds } from '../store/people.ts';
import {
  changeDone,
  knownMembers,
  memberWrites,
  pendingChanges,
  queuedFor,
  rosterPeople,
  wecomAccounts,
} from '../store/wecom-contacts.ts';
import { lookAtBook, type BookPorts, type Look } from './wecom-address-book.ts';
import { tellHeld, tellNumbers } from './wecom-desk-notices.ts';
import type { World } from './world.ts';

/** After a look that failed, in real time (our default). */
const REST_MS = 600_000;
const SLICE = 200;

/**
 * The company's address book, every night, at every start, and whenever WeCom says that it changed. Reading it takes many
 * calls, so it is read beside the other work, and what it means is done at the next tick.
 */
export function wecomContactsJob(world: World, ports: BookPorts, breathe: () => Promise<void>): Job {
  let looking = false;
  let found: Look | null = null;
  let lookedOn: string | null = null;
  let answered: ReadonlySet<string> = new Set();
  let restUntilMs = 0;
  const rest = (): void => {
    restUntilMs = world.realClock.now().getTime() + REST_MS;
  };
  const failed = (error?: unknown): void => {
    rest();
    world.logger.warn('wecom contacts not read', error === undefined ? {} : faultOf(error));
  };
  const look = async (): Promise<void> => {
    try {
      found = await lookAtBook(world, ports, breathe);
      if (found === null) failed();
    } catch (error) {
      failed(error);
    } finally {
      looking = false;
    }
  };
  const actOn = async (taken: Look, isFirstToday: boolean): Promise<number> => {
    try {
      if (taken.held !== null) {
        await tellHeld(world, taken, breathe);
        return 0;
      }
      const done = await takeOver(world, taken, breathe);
      if (isFirstToday) await tellNumbers(world, taken, breathe);
      return done;
    } catch (error) {
      rest(); // what was not done is found again by the next look
      throw error;
    }
  };
  const isDue = async (): Promise<boolean> => {
    if (looking || world.realClock.now().getTime() < restUntilMs) return false;
    if (lookedOn !== shanghaiDate(world.clock.now())) return true;
    return (await pendingChanges(world.store)).some(({ id }) => !answered.has(id));
  };
  return {
    name: 'wecom-contacts',
    nextAt: () => Promise.resolve(null), // the planner's midnight wakes everybody
    run: async () => {
      if (found !== null) {
        const taken: Look = found;
        found = null;
        const today = shanghaiDate(world.clock.now());
        const done = await actOn(taken, lookedOn !== today);
        lookedOn = today;
        answered = new Set(taken.answers);
        return done;
      }
      if (await isDue()) {
        looking = true;
        void look();
      }
      return 0;
    },
  };
}

/** First the members, in slices; then what follows for each person, from how things stand; then the events are answered. */
async function takeOver(world: World, look: Look, breathe: () => Promise<void>): Promise<number> {
  const at = world.clock.now();
  const { changes } = look;
  for (let first = 0; first < changes.length; first += SLICE) {
    const writes = changes.slice(first, first + SLICE).flatMap((change) => memberWrites(change, at));
    await world.commit({ guards: [], writes });
    await breathe();
  }
  // Whoever got a new userid and has left since is moved first.
  const moved = await settlePeople(world, breathe, (change) => change.kind === 'renamed');
  const others = await settlePeople(world, breathe, (change) => change.kind !== 'renamed');
  const answers = look.answers.map((id) => changeDone(id, at));
  if (answers.length > 0) await world.commit({ guards: [], writes: answers });
  if (changes.length + moved + others > 0)
    world.logger.info('wecom contacts taken over', { ...countsOf(look), moved, people: moved + others });
  return changes.length + moved + others;
}

function countsOf({ changes, members }: Look): Readonly<Record<string, number>> {
  const count = (kind: string) => changes.filter((change) => change.kind === kind).length;
  return { members: members.length, joined: count('joined'), left: count('left'), renamed: count('renamed') };
}

async function settlePeople(
  world: World,
  breathe: () => Promise<void>,
  isMeant: (change: PersonChange) => boolean,
): Promise<number> {
  const { store } = world;
  const [people, members, accounts, gone] = [
    await rosterPeople(store, breathe),
    await knownMembers(store, breathe),
    await wecomAccounts(store, breathe),
    await departures(store),
  ];
  const departed = new Set(gone.map((one) => one.workerId));
  const all = peopleDiff(people, members, accounts, departed).filter(isMeant);
  for (const change of all) {
    const { guards, writes } = await decisionFor(world, change);
    await world.commit({ guards, writes });
    await breathe();
  }
  return all.length;
}

async function decisionFor(world: World, change: PersonChange): Promise<Decision> {
  const { store } = world;
  const acting = actingNow(world);
  const { person } = change;
  if (change.kind === 'renamed') {
    const { account, other, to } = change;
    const kept = (await accountsByIds(store, [account.id])).get(account.id);
    const waiting = other === null ? [] : await queuedFor(store, account.id);
    return kept === undefined ? decided([]) : moveAccount(acting, kept, to, other?.id ?? null, waiting);
  }
  const ids = change.accounts.map(({ id }) => id);
  const departure = (await departures(store)).find((one) => one.workerId === person.id) ?? null;
  if (change.kind === 'back') return comeBack(acting, person.id, ids, departure);
  if (departure !== null) return leaveCompany(acting, person.id, ids, null);
  const leaver = { workerId: person.id, fromOn: acting.today };
  const waiting = await childrenWaiting(store, [leaver], acting.today);
  return leaveCompany(acting, person.id, ids, waiting.get(person.id) ?? 0);
}

/** Nobody acts: the service does what it found. */
export function actingNow({ store, clock, ids }: World): Acting {
  const at = clock.now();
  return {
    at,
    today: shanghaiDate(at),
    personId: null,
    accountId: '',
    newId: () => ids.next(),
    digest: (text) => store.sealing.blindIndex('audit', text),
  };
}
