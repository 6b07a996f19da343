import type { SchoolBreak } from '../domain/education/school-break.ts';
import { isOutsideNight } from '../domain/family/arrival.ts';
import { addDays, shanghaiDate, shanghaiInstant, type LocalDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import { update, type Batch } from '../services/batch.ts';
import { campaignsIn, peopleOfCampaign } from '../store/campaigns.ts';
import { breaksOf } from '../store/school-breaks.ts';
import type { CampaignRow } from '../store/generated/tables.ts';
import { settle, stepForward } from './campaign-arrival.ts';
import { commitEach } from './campaign-batches.ts';
import { ASK_AT_MINUTES, askDirectors, NOT_BEFORE_MINUTES } from './campaign-forwarding.ts';
import { propose } from './campaign-propose.ts';
import { spread } from './campaign-spread.ts';
import type { World } from './world.ts';

/**
 * 安全通知: proposed in good time, sent once a person has said so, and pursued until it came to everybody or the days are
 * over. Each step is a row of its own, so that a crash costs nothing but the step.
 */
export function campaignJob(world: World, breathe: () => Promise<void>): Job {
  const { clock } = world;
  let proposedFor = '';
  let isRunning = false;
  // Of these everybody was looked at this night: whoever is still waited with waits for the morning.
  const lookedAt = new Set<string>();
  return {
    name: 'campaigns',
    nextAt: () => {
      const today = shanghaiDate(clock.now());
      const looks = [NOT_BEFORE_MINUTES, ASK_AT_MINUTES].map((minutes) => shanghaiInstant(today, minutes));
      const ahead = isRunning ? looks.find((at) => at > clock.now()) : undefined;
      return Promise.resolve(ahead ?? shanghaiInstant(addDays(today, 1), 0));
    },
    run: async () => {
      const today = shanghaiDate(clock.now());
      let done = 0;
      const now = `${today} ${await calendarVersion(world)}`;
      if (now !== proposedFor) {
        done += await propose(world, await allBreaks(world), breathe);
        proposedFor = now;
      }
      const approved = (await campaignsIn(world.store, ['approved'])).filter(({ dueOn }) => dueOn <= today);
      isRunning = approved.length > 0;
      for (const campaign of approved) done += await pursue(world, campaign, today, lookedAt, breathe);
      if (isRunning) done += await askDirectors(world, await campaignsIn(world.store, ['approved']), breathe);
      return done;
    },
  };
}

/** Changes whenever somebody entered or confirmed a break, and with the areas. */
async function calendarVersion({ store: { client } }: World): Promise<string> {
  const [{ _count, _max }, areas] = await Promise.all([
    client.schoolBreak.aggregate({ _count: { id: true }, _max: { at: true } }),
    client.area.count(),
  ]);
  return `${String(_count.id)} ${_max.at ?? ''} ${String(areas)}`;
}

async function allBreaks({ store }: World): Promise<readonly SchoolBreak[]> {
  const areas = await store.client.area.findMany({
    where: { kind: { in: ['province', 'city', 'county'] } },
    select: { code: true },
  });
  return breaksOf(
    store,
    areas.map(({ code }) => code),
  );
}

async function pursue(
  world: World,
  campaign: CampaignRow,
  today: LocalDate,
  lookedAt: Set<string>,
  breathe: () => Promise<void>,
): Promise<number> {
  let done = 0;
  if (campaign.spreadAt === null) {
    await spread(world, campaign, breathe);
    done += 1;
  }
  done += await settle(world, campaign, breathe);
  const night = `${campaign.id} ${today}`;
  const isNight = isOutsideNight(world.clock.now());
  if (!isNight) lookedAt.clear();
  if (done > 0 || !lookedAt.has(night)) done += await stepForward(world, campaign, breathe);
  if (isNight) lookedAt.add(night);
  return done + (await finish(world, campaign, today, breathe));
}

/** The days are over and everybody stands in an end state. */
async function finish(
  world: World,
  { id, rev, lastOn }: CampaignRow,
  today: LocalDate,
  breathe: () => Promise<void>,
): Promise<number> {
  if (today <= lastOn) return 0;
  if ((await peopleOfCampaign(world.store, id, ['waiting', 'queued'])).length > 0) return 0;
  const set = { state: 'ended', endedAt: world.clock.now().toISOString(), rev: rev + 1 } as const;
  const batch: Batch = { guards: [{ table: 'Campaign', id, rev }], writes: [update('Campaign', id, set)] };
  return commitEach(world, [batch], breathe);
}
