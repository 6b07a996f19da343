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

/** Cards that can still be pressed although somebody took their report, the newest first. */
export async function cardsOfTakenReports(
  { client }: Store,
  limit: number,
): Promise<readonly { readonly card: SentCardRow; readonly report: MandatoryReportRow }[]> {
  const pressable = await client.sentCard.groupBy({ by: ['reportId'], where: { state: 'pressable' } });
  if (pressable.length === 0) return [];
  const reports = await client.mandatoryReport.findMany({
    where: { id: { in: pressable.map(({ reportId }) => reportId) }, state: { not: 'open' } },
  });
  const byId = new Map(reports.map((row) => [row.id, row as MandatoryReportRow]));
  const cards = await client.sentCard.findMany({
    where: { state: 'pressable', reportId: { in: [...byId.keys()] } },
    orderBy: [{ codeAt: 'desc' }, { outboxId: 'desc' }],
    take: limit,
  });
  return cards.flatMap((card) => {
    const report = byId.get(card.reportId);
    return report === undefined ? [] : [{ card: card as SentCardRow, report }];
  });
}
