import type { PhoneKeys } from '../services/family-request.ts';
import { villageOfFamily } from './people.ts';
import type { Store } from './store.ts';

/** A guardian or carer, and the number that is to be theirs. */
export interface NewPhone {
  readonly person: { readonly kind: 'guardian' | 'carer'; readonly id: string };
  readonly phone: string;
}

/** The keys of these numbers, by the person. The import makes the same ones (`server/roster/write-families.ts`). */
export async function phoneKeysOf(
  store: Store,
  wanted: readonly NewPhone[],
): Promise<ReadonlyMap<string, PhoneKeys>> {
  const found = new Map<string, PhoneKeys>();
  for (const { person, phone } of wanted) {
    const mergeIndex = await mergeIndexOf(store, person, phone);
    if (mergeIndex === undefined) continue;
    found.set(person.id, { phoneIndex: store.sealing.blindIndex('phone', phone), mergeIndex });
  }
  return found;
}

/** Undefined where there is no such person; null where another one has this name and number. */
async function mergeIndexOf(
  store: Store,
  { kind, id }: NewPhone['person'],
  phone: string,
): Promise<string | null | undefined> {
  const table = kind === 'guardian' ? 'Guardian' : 'Carer';
  const where = { where: { id }, select: { name: true } };
  const row =
    kind === 'guardian'
      ? await store.client.guardian.findUnique(where)
      : await store.client.carer.findUnique(where);
  if (row === null) return undefined;
  const villageCode = await villageOfFamily(store, kind, id);
  const village =
    villageCode === null
      ? null
      : await store.client.area.findUnique({ where: { code: villageCode }, select: { countyCode: true } });
  const name = store.openText(table, 'name', id, row.name);
  const mergeIndex = store.sealing.blindIndex(kind, `${village?.countyCode ?? ''}\n${name}\n${phone}`);
  const taken = { where: { mergeIndex, id: { not: id } }, select: { id: true } };
  const other =
    kind === 'guardian'
      ? await store.client.guardian.findFirst(taken)
      : await store.client.carer.findFirst(taken);
  return other === null ? mergeIndex : null;
}
