import { addDays, type LocalDate } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Choice } from '../dialog/flow.ts';

/** So many days ahead, as choices; any other day can be said in words. */
export function daysAhead(ahead: readonly number[], today: LocalDate): readonly Choice[] {
  return ahead.map((days) => ({
    code: `d${String(days)}`,
    value: addDays(today, days),
    label: inDays(days, today),
  }));
}

/** How a day some days after `today` is offered: 明天 for the next one, 3天后 for the others, each with its date. */
function inDays(days: number, today: LocalDate): Say {
  const on = addDays(today, days);
  return days === 1 ? say('concern.tomorrow', { on }) : say('concern.in-days', { days, on });
}
