import type { Home } from '../server/domain/family/home.ts';
import type { Looking, View } from './dialog/view.ts';
import type { Lookups } from './lookups.ts';

/** What a turn has to know of the weekly reminders: of a confirmed family's phone its own, of a worker who was silent. */
export async function nudgesFor(
  lookups: Lookups,
  view: View,
  { nudges }: Pick<Looking, 'nudges'>,
  home: Home | null,
): Promise<Pick<View, 'nudges'>> {
  if (nudges === 'silent') {
    const childIds = view.caseload.map(({ id }) => id);
    return { nudges: { silent: await lookups.silentParents(childIds, view.today) } };
  }
  if (nudges === undefined || home?.standing !== 'bound' || home.noContact) return {};
  const personIds = home.persons.map(({ id }) => id);
  return { nudges: { keys: await lookups.nudgesToAnswer(personIds, view.today) } };
}
