import type { FrozenBody } from '../jobs/outbox-worker-ports.ts';
import { joinedPage } from '../services/joined-page.ts';
import type { OutboxRow } from '../store/generated/tables.ts';
import { accountsByIds } from '../store/people.ts';
import { numbersOfReports } from '../store/reports.ts';
import { reportOfPage } from './page-of.ts';
import { languageOf, type World } from './world.ts';

/** The words of several pages for one reader, in their language. */
export async function joinedWords(
  { store, wording }: World,
  pages: readonly OutboxRow[],
): Promise<FrozenBody> {
  const ids = pages.flatMap((page) => reportOfPage(page) ?? []);
  const accountId = pages[0]?.accountId ?? '';
  const [reports, accounts] = await Promise.all([
    numbersOfReports(store, ids),
    accountsByIds(store, [accountId]),
  ]);
  const language = languageOf(accounts.get(accountId) ?? { language: 'zh-CN' });
  const reply = joinedPage(reports);
  return {
    text: wording.render(language, reply),
    options: reply.options.map(({ id, label }) => ({ id, label: wording.render(language, label) })),
  };
}
