import type { CardChange, Shown } from '../../bot/channels/wecom/channel.ts';
import { say } from '../domain/say.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Write } from '../services/batch.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { accountsByIds, workersById } from '../store/people.ts';
import { cardIs, cardsToEnd } from '../store/sent-cards.ts';
import { languageOf, type World } from './world.ts';

/** Cards changed at once, so that a slow line holds nothing up for long. */
const BATCH = 20;
/** After a call that told nothing the next ones wait so long (our default). */
const REST_MS = 60_000;
/** A code serves for 72 hours (document 94888). */
const CODE_LIVES_MS = 72 * 3_600_000;

/** Puts these words in the place of a card's buttons, once for each code. */
export type ShowOnCard = (change: CardChange) => Promise<Shown>;

/**
 * Once somebody took a report, the pages of everybody else read who, and cannot be pressed any more. Whoever took it
 * keeps the buttons, to read the story again. Whoever must not hear of the report reads at once that there is nothing to
 * do, and never by whom it was taken. A card that cannot be changed stays as it is: everybody was told in words.
 */
export function wecomCardsJob(world: World, showOnCard: ShowOnCard): Job {
  let restUntilMs = -Infinity;
  return {
    name: 'wecom-cards',
    nextAt: () => Promise.resolve(null), // codes and waits are of the real clock
    run: async () => {
      const nowMs = world.realClock.now().getTime();
      if (nowMs < restUntilMs) return 0;
      const taken = await cardsToEnd(world.store, BATCH);
      if (taken.length === 0) return 0;
      const people = await peopleOf(world, taken);
      const done = await Promise.all(taken.map((one) => endOf(world, showOnCard, one, people)));
      const writes = done.filter((write) => write !== null);
      if (writes.length < taken.length) restUntilMs = nowMs + REST_MS;
      if (writes.length > 0) await world.commit({ guards: [], writes });
      return writes.length;
    },
  };
}

type Taken = Awaited<ReturnType<typeof cardsToEnd>>[number];

interface People {
  readonly accounts: ReadonlyMap<string, ChatAccountRow>;
  readonly names: ReadonlyMap<string, { readonly name: string }>;
}

async function peopleOf({ store }: World, taken: readonly Taken[]): Promise<People> {
  const takers = taken.flatMap(({ report }) => report.acknowledgedBy ?? []);
  const [accounts, names] = await Promise.all([
    accountsByIds(store, [...new Set(taken.map(({ card }) => card.accountId))]),
    workersById(store, [...new Set(takers)]),
  ]);
  return { accounts, names };
}

/** What became of one card; null where it is to be tried again. */
async function endOf(
  world: World,
  showOnCard: ShowOnCard,
  { card, report, isKept }: Taken,
  { accounts, names }: People,
): Promise<Write | null> {
  const [account, taker] = [accounts.get(card.accountId), names.get(report.acknowledgedBy ?? '')];
  const isOld = world.realClock.now().getTime() - Date.parse(card.codeAt) >= CODE_LIVES_MS;
  if (account === undefined || isOld || (taker === undefined && !isKept))
    return cardIs(card.outboxId, 'left');
  if (!isKept && account.personId === report.acknowledgedBy) return cardIs(card.outboxId, 'left');
  const label = world.wording.render(
    languageOf(account),
    isKept ? say('wecom.over') : say('wecom.taken', { name: taker?.name ?? '' }),
  );
  for (const responseCode of [card.pressedCode, card.sentCode].filter((code) => code !== null)) {
    const shown = await showOnCard({ from: account.externalId, responseCode, label });
    if (shown === 'shown') return cardIs(card.outboxId, 'changed');
    if (shown === 'nobody-knows') return null;
  }
  return cardIs(card.outboxId, 'left');
}
