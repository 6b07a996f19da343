import { ACCOUNT_DEFAULTS } from '../domain/account-settings.ts';
import { insert, update, type Write } from '../services/batch.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import type { Writing } from './write-batches.ts';
import type { PlacedPerson } from './placed-person.ts';

/**
 * Every colleague with a WeCom account has the same account on the simulator, linked from the import. One that exists
 * keeps what the person chose; an account that passes to somebody else stops showing the former holder's work.
 */
export function accountWrites(
  writing: Writing,
  people: readonly PlacedPerson[],
  accounts: readonly ChatAccountRow[],
): Write[] {
  const holders = new Map(
    people.flatMap(({ worker }) => (worker.account === null ? [] : [[worker.account, worker.id]])),
  );
  const simulated = new Set(accounts.flatMap((a) => (a.channel === 'simulator' ? [a.externalId] : [])));
  const fresh = [...holders].filter(([account]) => !simulated.has(account));
  return [
    ...accounts.flatMap((account) => correction(writing, account, people, holders)),
    ...fresh.map(([externalId, personId]) =>
      insert('ChatAccount', {
        ...ACCOUNT_DEFAULTS,
        id: writing.newId(),
        channel: 'simulator',
        externalId,
        personKind: 'worker',
        personId,
        linkedAt: writing.at.toISOString(),
      }),
    ),
  ];
}

function correction(
  writing: Writing,
  account: ChatAccountRow,
  people: readonly PlacedPerson[],
  holders: ReadonlyMap<string, string>,
): Write[] {
  const holder = holders.get(account.externalId);
  if (holder !== undefined && holder !== account.personId)
    return [
      update('ChatAccount', account.id, {
        ...ACCOUNT_DEFAULTS,
        personKind: 'worker',
        personId: holder,
        linkedAt: writing.at.toISOString(),
      }),
    ];
  const left = holder === undefined && people.some(({ worker }) => worker.id === account.personId);
  return left
    ? [update('ChatAccount', account.id, { personKind: null, personId: null, linkedAt: null })]
    : [];
}
