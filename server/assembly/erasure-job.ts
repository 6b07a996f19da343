import { parseLocalDate, shanghaiDate, type LocalDate } from '../domain/local-date.ts';
import { BodyErasure } from '../jobs/erase-bodies.ts';
import type { Job } from '../jobs/rhythm.ts';
import { bodiesAfter, eraseBody } from '../store/message-bodies.ts';
import { doneUntil, readSetting, settingWrite } from '../store/settings.ts';
import type { World } from './world.ts';

/** Words that have done their work are erased; see `server/domain/retention.ts`. */
export function erasureJob({ store, clock, commit }: World): Job {
  const today = (): LocalDate => shanghaiDate(clock.now());
  const erasure = new BodyErasure({
    today,
    doneOn: doneUntil(today, async () =>
      parseLocalDate((await readSetting(store, 'bodies-erased-on')) ?? ''),
    ),
    doneWrite: (on) => settingWrite('bodies-erased-on', on),
    settledThrough: (table) => readSetting(store, `bodies-settled-${table}`),
    settledWrite: (table, key) => settingWrite(`bodies-settled-${table}`, key),
    rowsAfter: (table, key, limit) => bodiesAfter(store, table, key, limit),
    eraseWrite: eraseBody,
    commit,
  });
  // The planner wakes the rhythm at the beginning of each day; nothing here is worth another stop.
  return { name: 'erasure', nextAt: () => Promise.resolve(null), run: () => erasure.run() };
}
