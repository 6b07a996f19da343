import { unconfirmedBreaks, isAskedOn, type UnconfirmedBreak } from '../domain/education/unconfirmed.ts';
import { addDays, parseLocalDate, shanghaiDate, weekdayOf, type LocalDate } from '../domain/local-date.ts';
import { commandOption, say, type Reply, type Say } from '../domain/say.ts';
import { nextPlanAt } from '../jobs/plan-day.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Write } from '../services/batch.ts';
import { allCounties } from '../store/lookups.ts';
import { roleHolders } from '../store/people.ts';
import { schoolCalendar } from '../store/school-breaks.ts';
import { doneUntil, readSetting, settingWrite } from '../store/settings.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

/**
 * While the days of the next break are not confirmed no notice to families can go out: the desk of each county is asked,
 * once a week (our default), until they are.
 */
export function calendarJob(world: World, breathe: () => Promise<void>): Job {
  const { store, clock } = world;
  const lookedOn = doneUntil(
    () => shanghaiDate(clock.now()),
    async () => parseLocalDate((await readSetting(store, 'school-calendar-looked-on')) ?? ''),
  );
  return {
    name: 'school calendar',
    nextAt: async () => nextPlanAt(await lookedOn()),
    run: async () => {
      const today = shanghaiDate(clock.now());
      const before = await lookedOn();
      if (before !== null && before >= today) return 0;
      // Whole counties are read for it: once a week is enough.
      const isFirst = before === null || !isAskedOn(before) || mondayOf(before) < mondayOf(today);
      if (isFirst && isAskedOn(today)) await askDesks(world, today, breathe);
      const writes = [settingWrite('school-calendar-looked-on', today)];
      await world.commit({ guards: [], writes });
      return 1;
    },
  };
}

async function askDesks(world: World, today: LocalDate, breathe: () => Promise<void>): Promise<void> {
  for (const code of await allCounties(world.store)) {
    const { areas, rows, stages } = await schoolCalendar(world.store, code, today);
    const codes = areas.map((area) => area.code);
    const missing = unconfirmedBreaks(today, rows, codes, stages);
    const writes = missing.length === 0 ? [] : await toDesk(world, code, today, questionOf(missing));
    if (writes.length > 0) await world.commit({ guards: [], writes });
    await breathe();
  }
}

/** The key is the week's: asked on another day of it, the same question is there already. */
async function toDesk(
  world: World,
  county: string,
  today: LocalDate,
  reply: Reply,
): Promise<readonly Write[]> {
  const monday = mondayOf(today);
  const holders = await roleHolders(world.store, [county], today, world.primary);
  return holders.flatMap(({ role, account }) => {
    if (role !== 'county-desk' || account === null) return [];
    const key = `school-calendar:${county}:${monday}:${account.id}`;
    return [queuedRow(world, { account, lane: 'reminder', key, reply, refs: { county } })];
  });
}

function mondayOf(on: LocalDate): LocalDate {
  return addDays(on, 1 - weekdayOf(on));
}

function questionOf(missing: readonly UnconfirmedBreak[]): Reply {
  const stagesOf = (isEntered: boolean): readonly Say[] =>
    missing
      .filter(({ entered }) => (entered !== null) === isEntered)
      .map(({ stage }) => say(`school-stage.${stage}`));
  const [kind, year] = [missing[0]?.kind ?? 'winter', missing[0]?.year ?? 0];
  const [entered, without] = [stagesOf(true), stagesOf(false)];
  return {
    ...say('school-calendar.ask-desk', {
      year,
      kind: say(`school-break.${kind}`),
      entered: entered.length === 0 ? '' : say('school-calendar.ask-verify', { stages: entered }),
      without: without.length === 0 ? '' : say('school-calendar.ask-days', { stages: without }),
    }),
    options: [commandOption('school-calendar', null, say('school-break.see'))],
  };
}
