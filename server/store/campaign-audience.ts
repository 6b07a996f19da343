import { stageOf } from '../domain/education/stage.ts';
import type { AudienceAdult, AudienceChild } from '../domain/family/audience.ts';
import { ageOn, type LocalDate } from '../domain/local-date.ts';
import { assignmentsOfVillages, directorsOf } from './caseloads.ts';
import { grouped } from './grouped.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** The children of a county or a township who are in the system on a day, with who answers for each. No name is read. */
export async function childrenIn(
  store: Store,
  areaCode: string,
  today: LocalDate,
): Promise<readonly AudienceChild[]> {
  const villages = await store.client.area.findMany({
    where: { kind: 'village', OR: [{ countyCode: areaCode }, { townshipCode: areaCode }] },
    select: { code: true, townshipCode: true },
    orderBy: { code: 'asc' },
  });
  const codes = villages.map(({ code }) => code);
  const townshipOf = new Map(villages.map(({ code, townshipCode }) => [code, townshipCode]));
  const [rows, assignments] = await Promise.all([
    rowsIn(store, 'Child', 'villageCode', codes, {
      columns: ['id', 'bornOn', 'schooling', 'grade', 'villageCode', 'endsOn', 'dutiesFrom'],
    }),
    assignmentsOfVillages(store, codes, today),
  ]);
  const inVillage = grouped(assignments, (row) => row.villageCode);
  return rows
    .filter(({ endsOn, dutiesFrom }) => dutiesFrom <= today && (endsOn === null || endsOn > today))
    .map(({ id, bornOn, schooling, grade, villageCode }) => ({
      id,
      villageCode,
      ageYears: ageOn(bornOn as LocalDate, today),
      stage: stageOf({ schooling, grade, bornOn: bornOn as LocalDate }, today),
      townshipCode: townshipOf.get(villageCode) ?? null,
      directorIds: directorsOf(id, villageCode, inVillage.get(villageCode) ?? []),
    }));
}

/** The guardians and carers of these children on a day, each once; whoever must not be contacted is among them. */
export async function adultsWith(
  store: Store,
  childIds: readonly string[],
  today: LocalDate,
): Promise<readonly AudienceAdult[]> {
  const [guarded, cared] = await Promise.all([
    rowsIn(store, 'Guardianship', 'childId', childIds, { columns: ['childId', 'guardianId'] }),
    rowsIn(store, 'CareArrangement', 'childId', childIds, { columns: ['childId', 'carerId', 'untilOn'] }),
  ]);
  const inForce = cared.filter(({ untilOn }) => untilOn === null || untilOn >= today);
  const guardians = grouped(guarded, ({ guardianId }) => guardianId);
  const carers = grouped(inForce, ({ carerId }) => carerId);
  const adult =
    (kind: AudienceAdult['kind']) =>
    ([id, rows]: readonly [string, readonly { readonly childId: string }[]]): AudienceAdult => ({
      kind,
      id,
      childIds: rows.map(({ childId }) => childId),
    });
  return [...[...guardians].map(adult('guardian')), ...[...carers].map(adult('carer'))];
}
