import type { Home, HomeChild, HomePerson } from '../domain/family/home.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { assignmentsOfVillages, directorsOf } from './caseloads.ts';
import { marksOn } from './families.ts';
import { personsBehind } from './family-phones.ts';
import type { CarerRow, ChatAccountRow, GuardianRow } from './generated/tables.ts';
import { workersById } from './people.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** What may be told to whoever holds each of these phones. */
export async function homeOf(store: Store, account: ChatAccountRow, today: LocalDate): Promise<Home> {
  const refs = (await personsBehind(store, [account])).get(account.id) ?? [];
  const ids = refs.map(({ id }) => id);
  const [asked, marks, consents] = await Promise.all([
    rowsIn(store, 'Binding', 'accountId', [account.id], { same: { state: 'asked' } }),
    marksOn(store, ids, today),
    rowsIn(store, 'Consent', 'accountId', [account.id], { same: { kind: 'tips' } }),
  ]);
  const newest = [...consents].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1))[0];
  const tips = newest?.given ?? null;
  if (ids.length === 0 || marks.size > 0) {
    const standing = ids.length > 0 ? 'bound' : asked.length > 0 ? 'waiting' : 'unknown';
    return { standing, persons: [], children: [], tips, noContact: marks.size > 0 };
  }
  const [persons, children] = await Promise.all([personsNamed(store, refs), childrenOf(store, ids, today)]);
  return { standing: 'bound', persons, children, tips, noContact: false };
}

async function personsNamed(
  store: Store,
  refs: readonly { readonly kind: 'guardian' | 'carer'; readonly id: string }[],
): Promise<readonly HomePerson[]> {
  const idsOf = (kind: 'guardian' | 'carer') => refs.filter((r) => r.kind === kind).map(({ id }) => id);
  const [guardians, carers] = await Promise.all([
    rowsIn(store, 'Guardian', 'id', idsOf('guardian')),
    rowsIn(store, 'Carer', 'id', idsOf('carer')),
  ]);
  const names = new Map([
    ...guardians.map((row): [string, string] => [row.id, store.open('Guardian', row as GuardianRow).name]),
    ...carers.map((row): [string, string] => [row.id, store.open('Carer', row as CarerRow).name]),
  ]);
  return refs.map((ref) => ({ ...ref, name: names.get(ref.id) ?? '' }));
}

/** Children who are in the system; a carer's arrangement holds until its last day. */
async function childrenOf(
  store: Store,
  personIds: readonly string[],
  today: LocalDate,
): Promise<readonly HomeChild[]> {
  const [guarded, cared] = await Promise.all([
    rowsIn(store, 'Guardianship', 'guardianId', personIds, {
      columns: ['childId', 'guardianId', 'relation'],
    }),
    rowsIn(store, 'CareArrangement', 'carerId', personIds, {
      columns: ['childId', 'carerId', 'relation', 'untilOn'],
    }),
  ]);
  const bonds = [
    ...guarded.map(({ childId, guardianId, relation }) => ({ childId, personId: guardianId, relation })),
    ...cared
      .filter(({ untilOn }) => untilOn === null || untilOn >= today)
      .map(({ childId, carerId, relation }) => ({ childId, personId: carerId, relation })),
  ];
  const rows = (
    await rowsIn(
      store,
      'Child',
      'id',
      bonds.map(({ childId }) => childId),
      { columns: ['id', 'name', 'bornOn', 'villageCode', 'householdId', 'endsOn'] },
    )
  ).filter(({ endsOn }) => endsOn === null || endsOn > today);
  const villages = [...new Set(rows.map(({ villageCode }) => villageCode))];
  const assignments = await assignmentsOfVillages(store, villages, today);
  const directors = new Map(
    rows.map(({ id, villageCode }) => [id, directorsOf(id, villageCode, assignments)] as const),
  );
  const workers = await workersById(store, [...new Set([...directors.values()].flat())]);
  return rows
    .map(({ id, name, bornOn, villageCode, householdId }): HomeChild => ({
      ...{ id, villageCode, householdId, bornOn: bornOn as LocalDate },
      name: store.openText('Child', 'name', id, name),
      bonds: bonds
        .filter(({ childId }) => childId === id)
        .map(({ personId, relation }) => ({ personId, relation })),
      directors: (directors.get(id) ?? []).flatMap((workerId) => {
        const worker = workers.get(workerId);
        return worker ? [{ workerId, name: worker.name, phone: worker.phone }] : [];
      }),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
