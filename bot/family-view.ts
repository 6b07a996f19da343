import type { Looking, View } from './dialog/view.ts';
import type { Lookups } from './lookups.ts';
import type { LoadedTurn } from './views.ts';

/** What is said with a family and of their phones. */
export async function familyFor(
  lookups: Lookups,
  { view, holder: { account } }: Pick<LoadedTurn, 'view' | 'holder'>,
  { home, tips, code, bindings, phonesOf }: Looking,
  now: Date,
): Promise<Pick<View, 'home' | 'tips' | 'invited' | 'bindings' | 'phones'>> {
  const { today, caseload } = view;
  const isOwn = caseload.some(({ id }) => id === phonesOf);
  const known = caseload.map(({ id }) => id);
  return {
    ...(home === true ? { home: await lookups.home(account, today) } : {}),
    ...(tips === true ? { tips: await lookups.tips(account, today) } : {}),
    ...(code === undefined ? {} : { invited: await lookups.invited(account, code, now, today) }),
    ...(bindings === true ? { bindings: await lookups.waitingBindings(known) } : {}),
    ...(phonesOf !== undefined && isOwn ? { phones: await lookups.phonesOfChild(phonesOf, today) } : {}),
  };
}
