import type { ChildFacts } from '../../server/domain/cadence/child-facts.ts';
import { addDays, shanghaiInstant, type LocalDate } from '../../server/domain/local-date.ts';
import { checkRoster, NOTHING_STORED, type ImportWatch } from '../../server/roster/check-roster.ts';
import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import { writeRoster } from '../../server/roster/write-roster.ts';
import { insert, update, type Write } from '../../server/services/batch.ts';
import { cadenceColumns } from '../../server/services/cadence-record.ts';
import type { ChildRow, ContactRow } from '../../server/store/generated/tables.ts';
import { rosterStoreOf } from '../../server/store/roster.ts';
import { settingWrite } from '../../server/store/settings.ts';
import type { Store } from '../../server/store/store.ts';
import { demoEncounters } from './demo-history.ts';
import { demoPartners } from './demo-partners.ts';
import { DEMO_CHILDREN, demoChildCode, demoElder, demoFiles, demoVillageCode } from './demo-roster.ts';

/** The county has been at work for ten weeks, so that a whole month lies behind it on whatever day the demo starts. */
const WORKED_DAYS = 70;
const AWAY_DAYS = 21;
const MORNING_MINUTES = 8 * 60;
const EVENING_MINUTES = 17 * 60 + 30;

const NOBODY_WATCHES: ImportWatch = {
  problems: () => Promise.resolve(),
  checked: () => undefined,
  written: () => undefined,
};

/**
 * Fills an empty database with the invented 清溪县 and marks it as a demo, so that no real roster is mixed with it.
 * Throws where the database is not empty. Every day has children that are due, overdue and done.
 */
export async function seedDemo(store: Store, today: LocalDate, newId: () => string): Promise<void> {
  if ((await store.client.area.count()) > 0 || (await store.client.worker.count()) > 0)
    throw new Error('the demo county goes into an empty database only');
  await store.commit({ guards: [], writes: [settingWrite('demo', 'yes')] });
  const begunOn = addDays(today, -WORKED_DAYS);
  const at = shanghaiInstant(begunOn, MORNING_MINUTES);
  const files = demoFiles(begunOn);
  const checked = await checkRoster(files, NOTHING_STORED, begunOn, NOBODY_WATCHES);
  const roster = rosterStoreOf(store);
  await writeRoster(files, checked, { store: roster, at, today: begunOn, newId }, NOBODY_WATCHES);
  const children = await roster.children(DEMO_CHILDREN.map((_, n) => demoChildCode(n)));
  const facts = await roster.facts([...children.values()].map(({ id }) => id));
  const directors = await directorOfVillage(store);
  const histories = DEMO_CHILDREN.flatMap((_, n) => {
    const stored = children.get(demoChildCode(n));
    const known = facts.get(stored?.id ?? '');
    return stored && known ? pastOf(n, stored, known, directors, { begunOn, today, newId }) : [];
  });
  const links = await roster.links(
    'guardian',
    DEMO_CHILDREN.flatMap(({ child }, n) => (child.bound ? (children.get(demoChildCode(n))?.id ?? []) : [])),
  );
  const bound = [...new Set(links.map((link) => link.adultId))].map((id) => boundGuardian(id, at, newId));
  await store.commit({ guards: [], writes: [...histories, ...bound, ...demoPartners(begunOn, newId)] });
}

interface Time {
  readonly begunOn: LocalDate;
  readonly today: LocalDate;
  newId(): string;
}

/** What the director of child `n` recorded since the county began. */
function pastOf(
  n: number,
  stored: ChildRow,
  facts: ChildFacts,
  directors: ReadonlyMap<string, string>,
  time: Time,
): Write[] {
  const { begunOn, today } = time;
  const demo = DEMO_CHILDREN[n];
  if (!demo) return [];
  const authorId = directors.get(demoVillageCode(demo.village)) ?? '';
  const contacts = demoEncounters(demo.child, stored.tier, n, begunOn, today).map(
    ({ on, mode, note }): ContactRow => ({
      id: time.newId(),
      childId: stored.id,
      authorId,
      mode,
      takenOn: on,
      childSeen: true,
      met: JSON.stringify(mode === 'school' ? [] : [demoElder(demo.household)]),
      note,
      outcome: 'none',
      // A day's contacts are filed in its evening, those of this very day before anybody opens the page.
      filedAt: shanghaiInstant(on, on === today ? 0 : EVENING_MINUTES).toISOString(),
      tripId: null,
      supersedesId: null,
      supersededById: null,
      withdrawn: false,
      reason: null,
      correctedById: null,
    }),
  );
  const encounters = contacts.map(({ id, takenOn, mode, filedAt }) => ({
    id,
    on: takenOn as LocalDate,
    mode,
    childSeen: true,
    filedAt,
  }));
  const absences = demo.child.away
    ? [{ id: time.newId(), authorId: '', from: addDays(today, -AWAY_DAYS), until: null }]
    : [];
  const columns = cadenceColumns({ ...facts, encounters, absences }, today);
  return [
    ...contacts.map((contact) => insert('Contact', contact)),
    ...absences.map(({ id, from }) =>
      insert('Absence', {
        id,
        childId: stored.id,
        kind: 'away',
        fromOn: from,
        untilOn: null,
        companion: '跟父亲在外地',
        authorId: null,
        filedAt: null,
        state: 'agreed',
        answeredBy: null,
        answeredAt: null,
        supersedesId: null,
        supersededById: null,
        reason: null,
        rev: 1,
      }),
    ),
    update('Child', stored.id, { ...columns, rev: stored.rev + 1 }),
  ];
}

async function directorOfVillage(store: Store): Promise<ReadonlyMap<string, string>> {
  const rows = await store.client.assignment.findMany({ select: { villageCode: true, workerId: true } });
  return new Map(rows.map(({ villageCode, workerId }) => [villageCode, workerId]));
}

/** On the simulator a guardian's account is `guardian:<id>`; it is linked once an invitation was used. */
function boundGuardian(id: string, at: Date, newId: () => string): Write {
  return insert('ChatAccount', {
    ...ACCOUNT_DEFAULTS,
    id: newId(),
    channel: 'simulator',
    externalId: `guardian:${id}`,
    personKind: 'guardian',
    personId: id,
    linkedAt: at.toISOString(),
  });
}
