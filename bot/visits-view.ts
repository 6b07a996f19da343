import type { Home } from '../server/domain/family/home.ts';
import type { Looking, View } from './dialog/view.ts';
import type { Lookups } from './lookups.ts';
import { nudgesFor } from './nudges-view.ts';

/** What a turn has to know of visits to come and of weekly reminders. */
export async function visitsAndNudges(
  lookups: Lookups,
  view: View,
  looking: Looking,
  home: Home | null,
): Promise<Pick<View, 'visits' | 'nudges'>> {
  const [visits, nudged] = await Promise.all([
    visitsFor(lookups, view, looking, home),
    nudgesFor(lookups, view, looking, home),
  ]);
  return { ...nudged, ...(visits === null ? {} : { visits }) };
}

/** The visits to come of whoever speaks: a worker's children, or the children of a family whose phone is confirmed. */
async function visitsFor(
  lookups: Lookups,
  { caseload, today }: Pick<View, 'caseload' | 'today'>,
  { visits }: Pick<Looking, 'visits'>,
  home: Home | null,
): Promise<NonNullable<View['visits']> | null> {
  if (visits === undefined) return null;
  const isFamily = home !== null;
  if (isFamily && (home.standing !== 'bound' || home.noContact)) return null;
  const ids = (isFamily ? home.children : caseload).map(({ id }) => id);
  const own = new Set(ids);
  const homes = isFamily ? [] : visits.homes.filter((id) => own.has(id));
  return lookups.visits(ids, { homes, of: isFamily ? null : visits.of }, today);
}
