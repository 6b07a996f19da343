import type { LocalDate } from '../domain/local-date.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import { isSilent } from '../domain/reminding/silent-director.ts';
import type { Reply } from '../domain/say.ts';
import { insert, type Write } from '../services/batch.ts';
import { countyTable, directorDigest, supervisorDigest, type SilentDirector } from '../services/digest.ts';
import type { LoadedChild } from '../services/loaded.ts';
import type { FrozenBody } from '../jobs/outbox-worker.ts';
import type { ChatAccountRow, OutboxRow } from '../store/generated/tables.ts';
import { childrenOfVillages } from '../store/caseloads.ts';
import { villagesOfDirectors, villagesOfTownships } from '../store/lookups.ts';
import { accountsByIds, accountsOfPersons, workersById } from '../store/people.ts';
import { plannedEnd, plannedOf } from '../store/planning.ts';
import { carePolicies } from '../store/policies.ts';
import { townshipLines } from '../store/tables.ts';
import { languageOf, type World } from './world.ts';

interface RenderedRow {
  readonly body: FrozenBody;
  readonly writes: readonly Write[];
}

/**
 * The words of a digest, made at the moment it goes: what was filed since it was planned is no longer in it, and when
 * nothing is left it is not sent at all.
 */
export async function renderDigest(world: World, row: OutboxRow): Promise<RenderedRow | null> {
  const account = (await accountsByIds(world.store, [row.accountId])).get(row.accountId);
  if (!account) return null;
  switch (row.kind) {
    case 'digest':
      return renderForDirector(world, row, account);
    case 'supervisor-digest':
      return renderForSupervisor(world, row, account);
    case 'county-table':
      return renderForDesk(world, row, account);
    case 'says':
      return null;
  }
}

async function renderForDirector(
  world: World,
  row: OutboxRow,
  account: ChatAccountRow,
): Promise<RenderedRow | null> {
  const { store, clock } = world;
  const today = shanghaiDate(clock.now());
  const villages = (await villagesOfDirectors(store, [row.sessionKey], today)).get(row.sessionKey) ?? [];
  const all = await childrenOfVillages(store, villages, await carePolicies(store), today);
  const children = all.filter((c) => c.directorIds.includes(row.sessionKey));
  const planned = await plannedOf(
    store,
    children.map((c) => c.id),
  );
  const dutyKeys = new Set(planned.map((p) => `duty:${p.childId}:${p.kind}:${p.periodStart}`));
  const { lateSince } = JSON.parse(row.refs) as { lateSince?: LocalDate };
  const digest = directorDigest(children, dutyKeys, today, lateSince ?? null);
  const at = clock.now().toISOString();
  const outstanding = new Set(
    children.flatMap((c) => [...c.standing.open, ...c.standing.overdue.map((o) => o.duty)].map((d) => d.key)),
  );
  const ends = planned.map((p) =>
    digest !== null && outstanding.has(`duty:${p.childId}:${p.kind}:${p.periodStart}`)
      ? plannedEnd(p.key, 'told', at, row.id)
      : plannedEnd(p.key, 'answered', null, null),
  );
  if (digest === null) {
    if (ends.length > 0) await world.commit({ guards: [], writes: ends });
    return null;
  }
  return {
    body: bodyOf(world, account, digest.reply),
    writes: [...ends, accessRow(world, row.sessionKey, 'digest', digest.shown)],
  };
}

async function renderForSupervisor(
  world: World,
  row: OutboxRow,
  account: ChatAccountRow,
): Promise<RenderedRow | null> {
  const { store, clock } = world;
  const today = shanghaiDate(clock.now());
  const worker = (await workersById(store, [row.sessionKey])).get(row.sessionKey);
  if (!worker) return null;
  const villages = (await villagesOfTownships(store, [worker.areaCode])).get(worker.areaCode) ?? [];
  const children = await childrenOfVillages(store, villages, await carePolicies(store), today);
  const reply = supervisorDigest(children, await silentDirectors(world, children, today));
  if (reply === null) return null;
  return {
    body: bodyOf(world, account, reply),
    writes: [
      accessRow(
        world,
        row.sessionKey,
        'supervisor-digest',
        children.filter((c) => c.standing.overdue.length > 0),
      ),
    ],
  };
}

async function renderForDesk(
  world: World,
  row: OutboxRow,
  account: ChatAccountRow,
): Promise<RenderedRow | null> {
  const today = shanghaiDate(world.clock.now());
  const worker = (await workersById(world.store, [row.sessionKey])).get(row.sessionKey);
  if (!worker) return null;
  const reply = countyTable(await townshipLines(world.store, worker.areaCode, today), today);
  return reply === null ? null : { body: bodyOf(world, account, reply), writes: [] };
}

/** Directors with an overdue child who left a delivered question unanswered: "可能没收到". */
async function silentDirectors(
  world: World,
  children: readonly LoadedChild[],
  today: LocalDate,
): Promise<SilentDirector[]> {
  const overdue = children.filter((c) => c.standing.overdue.length > 0);
  const ids = [...new Set(overdue.flatMap((c) => c.directorIds))];
  const [accounts, workers] = await Promise.all([
    accountsOfPersons(world.store, ids, world.primary),
    workersById(world.store, ids),
  ]);
  return ids.flatMap((id) => {
    const [account, worker] = [accounts.get(id), workers.get(id)];
    const since = overdue
      .filter((c) => c.directorIds.includes(id))
      .flatMap((c) => c.standing.overdue.map((o) => o.since))
      .sort()[0];
    if (!account || !worker) return [];
    const silent = isSilent({
      today,
      linkedOn: account.linkedAt === null ? null : shanghaiDate(new Date(account.linkedAt)),
      dutyOverdueSince: since ?? null,
      unansweredQuestionAskedAt: account.questionAskedAt === null ? null : new Date(account.questionAskedAt),
      lastWordAt: account.lastWordAt === null ? null : new Date(account.lastWordAt),
    });
    return silent ? [{ name: worker.name, phone: worker.phone }] : [];
  });
}

function bodyOf({ wording }: World, account: ChatAccountRow, reply: Reply): FrozenBody {
  const language = languageOf(account);
  return {
    text: wording.render(language, reply),
    options: (reply.options ?? []).map((o) => ({ id: o.id, label: wording.render(language, o.label) })),
  };
}

function accessRow(world: World, workerId: string, screen: string, children: readonly LoadedChild[]): Write {
  return insert('AccessRow', {
    id: world.ids.next(),
    at: world.clock.now().toISOString(),
    workerId,
    screen,
    childIds: JSON.stringify(children.map((c) => c.id)),
    reportId: null,
  });
}
