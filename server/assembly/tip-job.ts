import { tipAnswers } from '../../bot/flows/tips.ts';
import { nextTip } from '../domain/family/next-tip.ts';
import { nextTipHour, tipComes, tipDayNow } from '../domain/family/tip-moment.ts';
import { TIP_POLICY } from '../domain/family/tip-policy.ts';
import { TIPS } from '../domain/family/tips.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { DEFAULT_LOAD_POLICY } from '../domain/reminding/digest-budget.ts';
import { say } from '../domain/say.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Outgoing } from '../services/acting.ts';
import { tipGiven } from '../services/tips.ts';
import type { OutboxRow } from '../store/generated/tables.ts';
import { readSetting, settingWrite } from '../store/settings.ts';
import { familyAccounts, tipCandidates, type TipCandidate } from '../store/tip-readers.ts';
import { quietUntil } from './asleep.ts';
import { queuedRow } from './conversation-ports.ts';
import { isFamilyOpen } from './family-open.ts';
import type { World } from './world.ts';

/** So many phones are read together. */
const SLICE = 100;

/** 小知识: once a week, to those who want it and whom nothing else reached in these days. */
export function tipJob(world: World, breathe: () => Promise<void>): Job {
  const { store, clock } = world;
  return {
    name: 'tips',
    nextAt: () => Promise.resolve(nextTipHour(clock.now(), TIP_POLICY)),
    run: async () => {
      const today = tipDayNow(clock.now(), TIP_POLICY);
      if (today === null || ((await readSetting(store, 'tips-sent-on')) ?? '') >= today) return 0;
      await sendAll(world, today, breathe);
      await world.commit({ guards: [], writes: [settingWrite('tips-sent-on', today)] });
      return 1;
    },
  };
}

async function sendAll(world: World, today: LocalDate, breathe: () => Promise<void>): Promise<void> {
  for (let after = ''; ;) {
    const accounts = await familyAccounts(world.store, after, SLICE);
    const last = accounts.at(-1);
    if (last === undefined) return;
    for (const candidate of await tipCandidates(world.store, accounts, today, TIP_POLICY.restDays))
      await sendOne(world, candidate, today);
    after = last.id;
    await breathe();
  }
}

/** One tip with all that follows from it, or nothing. */
async function sendOne(world: World, candidate: TipCandidate, today: LocalDate): Promise<void> {
  const { account, reader, moment } = candidate;
  if (!tipComes(moment, today, TIP_POLICY, DEFAULT_LOAD_POLICY)) return;
  const seed = `${reader.persons.map(({ id }) => id).join()}:${today}`;
  const tip = nextTip(TIPS, reader.children, reader.given, seed, TIP_POLICY);
  if (tip === null || !(await isFamilyOpen(world, account))) return;
  const outgoing: Outgoing = {
    account,
    lane: 'reminder',
    key: `tip:${account.id}:${today}`,
    reply: { ...say('tip-talk.weekly', { tip: say(`tip.${tip.id}`) }), options: tipAnswers(tip.id) },
    refs: { family: reader.childIds.join(), for: 'tip' },
  };
  const at = world.clock.now();
  const write = queuedRow(world, outgoing, quietUntil(account, at));
  const row = (write as { readonly row: OutboxRow }).row;
  const given = tipGiven(reader.persons, { tipId: tip.id, at: at.toISOString(), outboxId: row.id });
  await world.commit({ guards: [], writes: [write, ...given] });
}
