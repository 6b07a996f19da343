import type { AccountHolder } from '../server/services/loaded.ts';
import type { Looking, View } from './dialog/view.ts';
import type { Lookups } from './lookups.ts';

type FamilyView = Pick<
  View,
  | 'home'
  | 'homeAdults'
  | 'tips'
  | 'ownRequests'
  | 'familyAsks'
  | 'invited'
  | 'bindings'
  | 'phones'
  | 'inviteLink'
>;

/** Of a family's phone its home, what it asked and the code it typed; of a worker what families asked, who bound and with which phones. */
export async function familyFor(
  lookups: Lookups,
  { view, holder: { account } }: { readonly view: View; readonly holder: AccountHolder },
  looking: Looking,
  now: Date,
): Promise<FamilyView> {
  const { home, code, bindings, phonesOf, familyAsks, tips } = looking;
  const { personId, today, caseload } = view;
  const isOwn = caseload.some(({ id }) => id === phonesOf);
  const known = caseload.map(({ id }) => id);
  return {
    ...(home === true ? await homeFor(lookups, account, looking, today) : {}),
    ...(tips === true ? { tips: await lookups.tips(account, today) } : {}),
    ...(code === undefined ? {} : { invited: await lookups.invited(account, code, now, today) }),
    ...(familyAsks === true && personId !== null
      ? { familyAsks: await lookups.familyAsks(personId, today) }
      : {}),
    ...(bindings === true ? { bindings: await lookups.waitingBindings(known, today) } : {}),
    ...(phonesOf !== undefined && isOwn
      ? {
          phones: await lookups.phonesOfChild(phonesOf, today),
          inviteLink: await lookups.inviteLink(),
        }
      : {}),
  };
}

/** The home behind a phone; its other adults are named only where a director has said whose phone it is. */
async function homeFor(
  lookups: Lookups,
  account: AccountHolder['account'],
  { homeAdults }: Looking,
  today: View['today'],
): Promise<Pick<View, 'home' | 'homeAdults' | 'ownRequests'>> {
  const [home, ownRequests] = await Promise.all([
    lookups.home(account, today),
    lookups.ownRequests(account.id),
  ]);
  const mayName = homeAdults === true && home.standing === 'bound' && !home.noContact;
  if (!mayName) return { home, ownRequests };
  const childIds = home.children.map(({ id }) => id);
  return { home, ownRequests, homeAdults: await lookups.homeAdults(childIds, today) };
}
