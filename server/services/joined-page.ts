import { commandOption, say, type Option, type Say } from '../domain/say.ts';
import type { MandatoryReportRow } from '../store/generated/tables.ts';

/** So many buttons stand on every card (WeCom, document 90236); more would become a list without buttons. */
const BUTTONS = 6;

/** One page for several reports: all numbers, never a name, and a way to each. 收到 is said of each alone. */
export function joinedPage(
  reports: readonly Pick<MandatoryReportRow, 'id' | 'number'>[],
): Say & { readonly options: readonly Option[] } {
  const numbers = reports.map(({ number }) => say('page.one', { number }));
  const views = reports.map(({ id, number }) =>
    commandOption('view-report', id, say('alerts.view', { number })),
  );
  const all = commandOption('alerts', null, say('alerts.all'));
  return {
    ...say('page.several', { count: numbers.length, numbers }),
    options: views.length <= BUTTONS ? views : [...views.slice(0, BUTTONS - 1), all],
  };
}
