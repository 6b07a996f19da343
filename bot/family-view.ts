import type { AccountHolder } from '../server/services/loaded.ts';
import type { Looking, View } from './dialog/view.ts';
import type { Lookups } from './lookups.ts';

/** Of a family's phone its home and what it asked; of a worker what families asked. */
export async function familyFor(
  lookups: Lookups,
  { view, holder }: { readonly view: View; readonly holder: AccountHolder },
  looking: Looking,
): Promise<Pick<View, 'home' | 'homeAdults' | 'ownRequests' | 'familyAsks'>> {
  const { personId, today } = view;
  if (looking.familyAsks === true && personId !== null)
    return { familyAsks: await lookups.familyAsks(personId, today) };
  if (looking.home !== true) return {};
  const [home, ownRequests] = await Promise.all([
    lookups.home(holder.account, today),
    lookups.ownRequests(holder.account.id),
  ]);
  const mayName = looking.homeAdults === true && home.standing === 'bound' && !home.noContact;
  if (!mayName) return { home, ownRequests };
  const childIds = home.children.map(({ id }) => id);
  return { home, ownRequests, homeAdults: await lookups.homeAdults(childIds, today) };
}
