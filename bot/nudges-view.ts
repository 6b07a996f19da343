import type { Home } from '../server/domain/family/home.ts';
import type { AccountHolder } from '../server/services/loaded.ts';
import type { Looking, View } from './dialog/view.ts';
import type { Lookups } from './lookups.ts';

/** Whoever speaks, and what their view holds already. */
export interface Speaking {
  readonly view: View;
  readonly holder: Pick<AccountHolder, 'account'>;
}

type Nudged = Pick<View, 'nudges' | 'offered'>;

/** What a turn has to know of the weekly reminders: of a confirmed family's phone its own, of a worker who was silent. */
export async function nudgesFor(
  lookups: Lookups,
  { view, holder }: Speaking,
  { nudges }: Pick<Looking, 'nudges'>,
  home: Home | null,
): Promise<Nudged> {
  if (nudges === 'silent') {
    const childIds = view.caseload.map(({ id }) => id);
    return { nudges: { silent: await lookups.silentParents(childIds, view.today) } };
  }
  if (nudges === undefined || home?.standing !== 'bound' || home.noContact) return {};
  const personIds = home.persons.map(({ id }) => id);
  const [keys, offered] = await Promise.all([
    lookups.nudgesToAnswer(personIds, view.today),
    lookups.offeredSince(holder.account),
  ]);
  return { nudges: { keys }, ...(offered === null ? {} : { offered }) };
}
