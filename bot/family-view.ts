import type { Looking, View } from './dialog/view.ts';
import type { Lookups } from './lookups.ts';
import type { LoadedTurn } from './views.ts';

type FamilyView = Pick<
  View,
  'home' | 'tips' | 'ownRequests' | 'familyAsks' | 'invited' | 'bindings' | 'phones' | 'inviteLink'
>;

/** Of a family's phone its home, what it asked and the code it typed; of a worker what families asked, who bound and with which phones. */
export async function familyFor(
  lookups: Lookups,
  { view, holder: { account } }: Pick<LoadedTurn, 'view' | 'holder'>,
  { home, code, bindings, phonesOf, familyAsks, tips }: Looking,
  now: Date,
): Promise<FamilyView> {
  const { personId, today, caseload } = view;
  const isOwn = caseload.some(({ id }) => id === phonesOf);
  const known = caseload.map(({ id }) => id);
  return {
    ...(home === true ? { home: await lookups.home(account, today) } : {}),
    ...(home === true ? { ownRequests: await lookups.ownRequests(account.id) } : {}),
    ...(tips === true ? { tips: await lookups.tips(account, today) } : {}),
    ...(code === undefined ? {} : { invited: await lookups.invited(account, code, now, today) }),
    ...(familyAsks === true && personId !== null
      ? { familyAsks: await lookups.familyAsks(personId, today) }
      : {}),
    ...(bindings === true ? { bindings: await lookups.waitingBindings(known) } : {}),
    ...(phonesOf !== undefined && isOwn
      ? {
          phones: await lookups.phonesOfChild(phonesOf, today),
          inviteLink: await lookups.inviteLink(),
        }
      : {}),
  };
}
