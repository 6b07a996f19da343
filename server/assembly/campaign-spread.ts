import { audienceOf, childrenMeant } from '../domain/family/audience.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import { insertOnce, update } from '../services/batch.ts';
import { adultsWith, childrenIn } from '../store/campaign-audience.ts';
import { standingCampaign } from '../store/campaigns.ts';
import type { CampaignRow } from '../store/generated/tables.ts';
import type { World } from './world.ts';

/** So many rows are written at a time: whoever calls for help never waits for a thousand of them. */
const SLICE = 100;

/** An approved notice becomes a row for everybody it is for; done again after a crash it makes no second one. */
export async function spread(
  world: World,
  campaign: CampaignRow,
  breathe: () => Promise<void>,
): Promise<void> {
  const { store, ids, clock } = world;
  const today = shanghaiDate(clock.now());
  const at = clock.now().toISOString();
  const all = await childrenIn(store, campaign.areaCode, today);
  const children = childrenMeant(all, standingCampaign(campaign));
  const adults = await adultsWith(
    store,
    children.map(({ id }) => id),
    today,
  );
  const rows = audienceOf(children, adults).map(({ childIds, ...who }) =>
    insertOnce('CampaignPerson', {
      ...{ id: ids.next(), campaignId: campaign.id, ...who, childIds: JSON.stringify(childIds) },
      ...{ state: 'waiting', way: null, tried: '[]', reason: null, outboxId: null },
      ...{ lookOn: today, askedOn: null, at, byId: null, rev: 1 },
    }),
  );
  for (let first = 0; first < rows.length; first += SLICE) {
    await world.commit({ guards: [], writes: rows.slice(first, first + SLICE) });
    await breathe();
  }
  // No guard: a reminder asked for meanwhile stands beside it.
  await world.commit({ guards: [], writes: [update('Campaign', campaign.id, { spreadAt: at })] });
}
