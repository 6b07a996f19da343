import { addDays, type LocalDate } from '../../server/domain/local-date.ts';
import { insert, type Write } from '../../server/services/batch.ts';
import type { PartnerRow } from '../../server/store/generated/tables.ts';
import { DEMO_COUNTY, DEMO_TOWNSHIPS, demoPhone, demoVillageCode } from './demo-roster.ts';

const SOURCE = '演示数据';
/** Numbers behind those of people and families. */
const FIRST_PHONE = 900;

type Office = readonly [areaCode: string, kind: PartnerRow['kind'], name: string, lastSeenDaysAgo?: number];

/** The offices of the invented county; one number has not been verified for long, so that its mark can be seen. */
const OFFICES: readonly Office[] = [
  [DEMO_COUNTY, 'police', '清溪县公安局'],
  [DEMO_COUNTY, 'hospital', '清溪县医院'],
  [DEMO_COUNTY, 'civil-affairs', '清溪县民政局'],
  [DEMO_COUNTY, 'education', '清溪县教育局'],
  [DEMO_COUNTY, 'procuratorate', '清溪县检察院'],
  [DEMO_COUNTY, 'women-federation', '清溪县妇联', 500],
  [DEMO_COUNTY, 'school', '清溪小学'],
  [DEMO_COUNTY, 'school', '清溪中学'],
  ...DEMO_TOWNSHIPS.flatMap(({ code, name }): Office[] => [
    [code, 'police', `${name}派出所`],
    [code, 'hospital', `${name}卫生院`],
  ]),
  [demoVillageCode(0), 'village', '东岭村委会'],
];

/** The writes that keep them, found right on the day the county began. */
export function demoPartners(begunOn: LocalDate, newId: () => string): readonly Write[] {
  return OFFICES.map(([areaCode, kind, name, lastSeenDaysAgo = 0], n) =>
    insert('Partner', {
      id: newId(),
      areaCode,
      kind,
      name,
      phone: demoPhone(FIRST_PHONE + n),
      address: null,
      verifiedOn: addDays(begunOn, -lastSeenDaysAgo),
      source: SOURCE,
      untilOn: null,
    }),
  );
}
