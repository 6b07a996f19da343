import { insertOnce, update, type Write } from '../services/batch.ts';
import type { MandatoryReportRow, OutboxRow, SentCardRow } from './generated/tables.ts';
import type { Store } from './store.ts';

/** A card that came with a code when it was sent. */
export function sentCard(row: OutboxRow, reportId: string, code: string, realNowText: string): Write {
  return insertOnce('SentCard', {
    outboxId: row.id,
    reportId,
    accountId: row.accountId,
    sentCode: code,
    pressedCode: null,
    codeAt: realNowText,
    state: 'pressable',
  });
}

/** Somebody pressed a button on it: with the new code it may be changed, also where the older one is used up. */
export async function pressedCard(
  { client }: Store,
  row: OutboxRow,
  reportId: string,
  code: string,
  realNowText: string,
): Promise<Write> {
  const known = await client.sentCard.findUnique({ where: { outboxId: row.id }, select: { outboxId: true } });
  const pressed = { pressedCode: code, codeAt: realNowText, state: 'pressable' } as const;
  return known === null
    ? insertOnce('SentCard', {
        outboxId: row.id,
        reportId,
        accountId: row.accountId,
        sentCode: null,
        ...pressed,
      })
    : update('SentCard', row.id, pressed);
}

/** What became of a card. */
export function cardIs(outboxId: string, state: SentCardRow['state']): Write {
  return update('SentCard', outboxId, { state });
}

/** A card that is to be pressed no more; `isKept`: its reader must not hear of the report. */
interface CardToEnd {
  readonly card: SentCardRow;
  readonly report: MandatoryReportRow;
  readonly isKept: boolean;
}

/** Cards that can still be pressed although somebody took their report, or keeps its reader from it; the newest first. */
export async function cardsToEnd({ client }: Store, limit: number): Promise<readonly CardToEnd[]> {
  const pressable = await client.sentCard.groupBy({
    by: ['reportId', 'accountId'],
    where: { state: 'pressable' },
  });
  if (pressable.length === 0) return [];
  const ids = { in: [...new Set(pressable.map(({ reportId }) => reportId))] };
  const [all, exclusions, accounts] = await Promise.all([
    client.mandatoryReport.findMany({ where: { id: ids } }),
    client.reportExclusion.findMany({ where: { reportId: ids } }),
    client.chatAccount.findMany({
      where: { id: { in: [...new Set(pressable.map(({ accountId }) => accountId))] } },
      select: { id: true, personId: true },
    }),
  ]);
  const persons = new Map(accounts.map(({ id, personId }) => [id, personId]));
  const isKept = ({ reportId, accountId }: Pick<SentCardRow, 'reportId' | 'accountId'>): boolean =>
    exclusions.some((e) => e.reportId === reportId && e.workerId === persons.get(accountId));
  const over = pressable.filter(
    (one) => isKept(one) || all.find(({ id }) => id === one.reportId)?.state !== 'open',
  );
  const reports = all.filter(({ id }) => over.some(({ reportId }) => reportId === id));
  const byId = new Map(reports.map((row) => [row.id, row as MandatoryReportRow]));
  const cards = await client.sentCard.findMany({
    where: {
      state: 'pressable',
      OR: over.map(({ reportId, accountId }) => ({ reportId, accountId })),
    },
    orderBy: [{ codeAt: 'desc' }, { outboxId: 'desc' }],
    take: limit,
  });
  return cards.flatMap((card) => {
    const report = byId.get(card.reportId);
    return report === undefined ? [] : [{ card: card as SentCardRow, report, isKept: isKept(card) }];
  });
}
