import { addDays, shanghaiInstant, weekdayOf, type LocalDate } from '../../server/domain/local-date.ts';
import { DEFAULT_LOAD_POLICY } from '../../server/domain/reminding/digest-budget.ts';
import type { Phone } from '../support/phone.ts';
import { PlanningCounty, day, idOf } from '../support/planning-county.ts';
import { FIVE, GUARDIAN, SUPERVISOR, THIRTY_FIVE, guardianWrites, loadCounty } from './county.ts';

/** Everybody files every visit in time, or nobody says a word. */
export type Behaviour = 'perfect' | 'silent';

/** What one person was sent without asking, in one month. */
export interface PersonLoad {
  readonly who: string;
  readonly account: string;
  readonly digests: number;
  readonly urgent: number;
  readonly other: number;
  /** Answers to this person's own words: no load, shown for comparison. */
  readonly answers: number;
  /** What may be sent a month: digests of a director, every message of the others; null where no number is agreed. */
  readonly budget: number | null;
  readonly counted: number;
}

const FIRST_DAY = day('2026-12-01');
const LAST_DAY = day('2026-12-31');
const FILED_AT_MINUTES = 17 * 60;
const VISITS_A_DAY = 3;
const ANSWERS = ['未发现异常', '见到了', '奶奶', '入户', '不写了'];

/** The month of an invented township through the whole service, hour by hour, on the simulator's clock. */
export async function simulateMonth(directors: number, behaviour: Behaviour): Promise<readonly PersonLoad[]> {
  const plan = loadCounty(directors, FIRST_DAY);
  const county = await PlanningCounty.open(plan, shanghaiInstant(FIRST_DAY, 0).toISOString());
  try {
    await county.store.commit({ guards: [], writes: guardianWrites() });
    for (let on = FIRST_DAY; on <= LAST_DAY; on = addDays(on, 1)) {
      await county.walkTo(shanghaiInstant(on, FILED_AT_MINUTES).toISOString());
      if (behaviour === 'perfect' && weekdayOf(on) <= 5) await fileVisits(county, on);
    }
    await county.walkTo(shanghaiInstant(LAST_DAY, 24 * 60 - 1).toISOString());
    return await Promise.all(
      [FIVE, THIRTY_FIVE, SUPERVISOR, GUARDIAN].map((account) => loadOf(county, account)),
    );
  } finally {
    await county.close();
  }
}

/** Every director files the next few children, in one sentence and one tap each. */
async function fileVisits(county: PlanningCounty, on: LocalDate): Promise<void> {
  const place = workingDaysBetween(FIRST_DAY, on);
  const directors = county.plan.workers.filter((w) => w.role === 'director');
  for (const { account, area } of directors) {
    const own = county.plan.children.filter((c) => c.village === area);
    for (const child of own.slice(place * VISITS_A_DAY, (place + 1) * VISITS_A_DAY))
      await fileVisit(county.phone(account), idOf('2', county.plan.children.indexOf(child)));
  }
}

/** The button of a child, one sentence, and whatever is asked besides. */
async function fileVisit(phone: Phone, childId: string): Promise<void> {
  await phone.pressId(`c:visit:${childId}`);
  let replies = await phone.say('今天入户，见到孩子了，奶奶在，作业写完了');
  while (!replies.some(({ text }) => text.startsWith('已保存'))) {
    const options = replies.at(-1)?.options ?? [];
    const option = ANSWERS.flatMap((label) => options.find((o) => o.label === label) ?? [])[0];
    if (!option) throw new Error(`nothing to answer to: ${replies.at(-1)?.text ?? ''}`);
    replies = await phone.pressId(option.id);
  }
}

function workingDaysBetween(from: LocalDate, until: LocalDate): number {
  let days = 0;
  for (let on = from; on < until; on = addDays(on, 1)) if (weekdayOf(on) <= 5) days += 1;
  return days;
}

async function loadOf({ store }: PlanningCounty, account: string): Promise<PersonLoad> {
  const { id } = await store.client.chatAccount.findFirstOrThrow({ where: { externalId: account } });
  const rows = await store.client.outbox.findMany({ where: { accountId: id, state: 'accepted' } });
  const own = new Set(
    (await store.client.inbox.findMany({ where: { accountId: id }, select: { seq: true } })).map(
      (m) => m.seq,
    ),
  );
  const unasked = rows.filter((row) => row.causeSeq === null || !own.has(row.causeSeq));
  const digests = unasked.filter((row) => row.lane === 'reminder' && row.kind.includes('digest')).length;
  const urgent = unasked.filter((row) => row.lane === 'urgent').length;
  const isDirector = account.startsWith('dir.');
  return {
    who: NAMES[account] ?? account,
    account,
    digests,
    urgent,
    other: unasked.length - digests - urgent,
    answers: rows.length - unasked.length,
    budget: BUDGETS[account] ?? null,
    counted: isDirector ? digests : unasked.length,
  };
}

const NAMES: Readonly<Record<string, string>> = {
  [FIVE]: 'director, 5 children',
  [THIRTY_FIVE]: 'director, 35 children',
  [SUPERVISOR]: 'supervisor',
  [GUARDIAN]: 'guardian, 2 children',
};

const BUDGETS: Readonly<Record<string, number>> = {
  [FIVE]: DEFAULT_LOAD_POLICY.directorDigestsPerMonth,
  [SUPERVISOR]: DEFAULT_LOAD_POLICY.supervisorMessagesPerMonth,
  [GUARDIAN]: DEFAULT_LOAD_POLICY.guardianMessagesPerMonth,
};
