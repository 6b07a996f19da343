import type { Way } from '../domain/family/arrival.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import { together, update, type Batch } from '../services/batch.ts';
import { campaignById, peopleWithMessages } from '../store/campaigns.ts';
import type { CampaignPersonRow, CampaignRow, OutboxRow } from '../store/generated/tables.ts';
import { grouped } from '../store/grouped.ts';
import { campaignOf } from './campaign-refs.ts';
import type { World } from './world.ts';

/**
 * A safety notice that the platform had taken and that did not arrive after all: its people do not stand as reached any
 * more. They take the next way, as if the chat had refused it at once; of a notice that has ended they were not reached.
 * Whoever said meanwhile that they read it has read it.
 */
export async function reopened(world: World, rows: readonly OutboxRow[]): Promise<Batch> {
  const messages = grouped(rows, (row) => campaignOf(row) ?? '');
  const batches = [...messages].map(async ([campaignId, own]) => {
    const campaign = campaignId === '' ? null : await campaignById(world.store, campaignId);
    if (campaign === null) return together();
    const people = await peopleWithMessages(
      world.store,
      campaignId,
      own.map(({ id }) => id),
    );
    return people.length === 0 ? together() : reopen(world, campaign, people);
  });
  return together(...(await Promise.all(batches)));
}

/** With a new revision of the notice: it may be about to end, and must not while somebody of it is waited with. */
function reopen(world: World, { id, rev, state }: CampaignRow, people: readonly CampaignPersonRow[]): Batch {
  const now = world.clock.now();
  const at = now.toISOString();
  const next =
    state === 'approved'
      ? ({ state: 'waiting', way: null, lookOn: shanghaiDate(now), at } as const)
      : ({ state: 'unreachable', reason: 'not-reached', lookOn: null, at } as const);
  const changes = people.map((person): Batch => {
    const tried = JSON.stringify([...(JSON.parse(person.tried) as Way[]), 'chat' satisfies Way]);
    return {
      guards: [{ table: 'CampaignPerson', id: person.id, rev: person.rev }],
      writes: [update('CampaignPerson', person.id, { ...next, tried, rev: person.rev + 1 })],
    };
  });
  const notice: Batch = {
    guards: [{ table: 'Campaign', id, rev }],
    writes: [update('Campaign', id, { rev: rev + 1 })],
  };
  return together(notice, ...changes);
}
