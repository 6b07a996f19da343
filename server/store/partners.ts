import type { Directory } from '../domain/partners/directory.ts';
import type { Partner } from '../domain/partners/partner.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { PartnerStore } from '../roster/enter-partners.ts';
import { areasUpward } from './areas-upward.ts';
import type { PartnerRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';
import { tableEntryOf } from './table-entry.ts';

/** The offices of a place and of every area above it. */
export async function directoryAround(store: Store, areaCode: string, today: LocalDate): Promise<Directory> {
  const areas = (await areasUpward(store, areaCode)).map(({ code }) => code);
  const rows = await rowsIn(store, 'Partner', 'areaCode', areas);
  return { areas, today, partners: rows.map((row) => store.open('Partner', row) as Partner & PartnerRow) };
}

/** The store as the entering of offices sees it. */
export function partnerStoreOf(store: Store): PartnerStore {
  return {
    areaCodes: async () => {
      const rows = await store.client.area.findMany({ select: { code: true } });
      return new Set(rows.map(({ code }) => code));
    },
    partners: async () => {
      const rows = await store.client.partner.findMany();
      return rows.map((row) => store.open('Partner', row as PartnerRow));
    },
    ...tableEntryOf(store),
  };
}
