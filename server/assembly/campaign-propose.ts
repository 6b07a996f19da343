import { occasionsAhead } from '../domain/education/occasions.ts';
import { breaksFor, type SchoolBreak } from '../domain/education/school-break.ts';
import { STAGES } from '../domain/education/stage.ts';
import { lastDayOf, proposalsOf, unanswered, type CampaignFacts } from '../domain/family/campaign.ts';
import { nameOf } from '../domain/family/campaign-words.ts';
import { shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import { commandOption, say, type Reply } from '../domain/say.ts';
import { insertOnce, update, type Batch, type Write } from '../services/batch.ts';
import { campaignsIn, standingCampaign } from '../store/campaigns.ts';
import type { AreaRow, CampaignRow } from '../store/generated/tables.ts';
import { roleHolders } from '../store/people.ts';
import { commitEach } from './campaign-batches.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

const ALL_STATES = ['proposed', 'approved', 'declined', 'dropped', 'ended'] as const;

/** What falls due is proposed to the desk of each county, once; what nobody answered is asked about once more, and dropped. */
export async function propose(
  world: World,
  breaks: readonly SchoolBreak[],
  breathe: () => Promise<void>,
): Promise<number> {
  const { store, clock } = world;
  const today = shanghaiDate(clock.now());
  const counties = (await store.client.area.findMany({
    where: { kind: 'county' },
    orderBy: { code: 'asc' },
  })) as AreaRow[];
  const standing = await campaignsIn(store, ALL_STATES);
  let done = 0;
  for (const county of counties) {
    const own = standing.filter(({ areaCode, occasions }) => areaCode === county.code && occasions !== '[]');
    done += await proposeIn(world, county, breaks, own, today, breathe);
  }
  return done + (await askAgain(world, today, breathe));
}

async function proposeIn(
  world: World,
  county: AreaRow,
  breaks: readonly SchoolBreak[],
  standing: readonly CampaignRow[],
  today: LocalDate,
  breathe: () => Promise<void>,
): Promise<number> {
  const areaCodes = [county.code, ...(county.cityCode === null ? [] : [county.cityCode])];
  const own = STAGES.flatMap((stage) => breaksFor(breaks, areaCodes, stage));
  const occasions = occasionsAhead(today, own);
  const { fresh, changed } = proposalsOf(today, occasions, standing.map(standingCampaign));
  const mended = changed.map(({ id, ...facts }): Batch => {
    const rev = standing.find((one) => one.id === id)?.rev ?? 0;
    return {
      guards: [{ table: 'Campaign', id, rev }],
      writes: [update('Campaign', id, { ...columnsOf(facts), rev: rev + 1 })],
    };
  });
  const at = world.clock.now().toISOString();
  const rows = fresh.map((facts): CampaignRow => ({
    ...{ id: world.ids.next(), key: `${county.code}:${facts.occasions[0] ?? ''}`, areaCode: county.code },
    ...columnsOf(facts),
    ...{ words: null, state: 'proposed', proposedAt: at, askedAgainOn: null, answeredBy: null },
    ...{ answeredAt: null, people: null, spreadAt: null, remindOn: null, endedAt: null, rev: 1 },
  }));
  const [first] = rows;
  const told =
    first === undefined
      ? []
      : await toDesk(world, county.code, `campaign-proposed:${first.key}`, {
          ...say('campaign.proposed', { count: rows.length, names: rows.map(nameOf) }),
          options: [commandOption('campaign', null, say('campaign.button'))],
        });
  const batch: Batch = { guards: [], writes: [...rows.map((row) => insertOnce('Campaign', row)), ...told] };
  return commitEach(world, [...mended, ...(rows.length > 0 ? [batch] : [])], breathe);
}

async function askAgain(world: World, today: LocalDate, breathe: () => Promise<void>): Promise<number> {
  const batches: Batch[] = [];
  for (const row of await campaignsIn(world.store, ['proposed'])) {
    const { id, rev, askedAgainOn } = row;
    const what = unanswered(standingCampaign(row), askedAgainOn !== null, today);
    if (what === 'wait') continue;
    const set =
      what === 'drop'
        ? ({ state: 'dropped', endedAt: world.clock.now().toISOString() } as const)
        : { askedAgainOn: today };
    const told =
      what === 'drop'
        ? []
        : await toDesk(world, row.areaCode, `campaign-again:${id}`, {
            ...say('campaign.asked-again', { name: nameOf(row), from: row.fromOn }),
            options: [commandOption('campaign', id, say('campaign.button'))],
          });
    batches.push({
      guards: [{ table: 'Campaign', id, rev }],
      writes: [update('Campaign', id, { ...set, rev: rev + 1 }), ...told],
    });
  }
  return commitEach(world, batches, breathe);
}

function columnsOf(facts: CampaignFacts) {
  const { kind, daysBefore, stages, fromOn, untilOn, dueOn, occasions } = facts;
  return {
    ...{ kind, daysBefore, fromOn, untilOn, dueOn, lastOn: lastDayOf(facts) },
    stages: stages === null ? null : JSON.stringify(stages),
    occasions: JSON.stringify(occasions),
  };
}

async function toDesk(world: World, county: string, key: string, reply: Reply): Promise<readonly Write[]> {
  const today = shanghaiDate(world.clock.now());
  const holders = await roleHolders(world.store, [county], today, world.primary);
  return holders.flatMap(({ role, account }) => {
    if (role !== 'county-desk' || account === null) return [];
    const about = {
      account,
      lane: 'reminder',
      key: `${key}:${account.id}`,
      reply,
      refs: { county },
    } as const;
    return [queuedRow(world, about)];
  });
}
