import { insert, type Write } from '../../server/services/batch.ts';
import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import type { Stage } from '../../server/domain/education/stage.ts';
import type { ChatAccountRow } from '../../server/store/generated/tables.ts';
import type { Store } from '../../server/store/store.ts';

/** An adult of a family, as a test describes it. */
export interface FamilyMember {
  readonly kind: 'guardian' | 'carer';
  readonly name: string;
  readonly relation: string;
  readonly childIds: readonly string[];
  readonly phone?: string;
  /** Whether a director has confirmed a chat of theirs. */
  readonly bound?: true;
  readonly channel?: ChatAccountRow['channel'];
}

/** The id of the nth adult of a test. */
export function memberId(n: number): string {
  return `0190a000-0000-7000-8000-0077${String(n).padStart(8, '0')}`;
}

/** Adults besides those of the county, each with their children, and a chat where they are bound. */
export function familyMembers(store: Store, members: readonly FamilyMember[]): readonly Write[] {
  const index = (kind: string, text: string): string => store.sealing.blindIndex(kind, text);
  return members.flatMap(({ kind, name, relation, childIds, phone, bound, channel }, n): Write[] => {
    const id = memberId(n);
    const person = {
      ...{ id, name, phone: phone ?? null, mergeIndex: index('merge', `${name} ${id}`) },
      phoneIndex: phone === undefined ? null : index('phone', phone),
    };
    const bond = (childId: string, m: number): Write => {
      const linkId = memberId(1_000 + n * 10 + m);
      return kind === 'guardian'
        ? insert('Guardianship', {
            ...{ id: linkId, childId, guardianId: id, relation, workplace: null, awaySince: null },
          })
        : insert('CareArrangement', {
            ...{ id: linkId, childId, carerId: id, relation, fromOn: null, untilOn: null },
          });
    };
    return [
      kind === 'guardian' ? insert('Guardian', person) : insert('Carer', person),
      ...childIds.map(bond),
      ...(bound === true
        ? [
            insert('ChatAccount', {
              ...ACCOUNT_DEFAULTS,
              ...{ id: memberId(5_000 + n), channel: channel ?? 'simulator', externalId: `${kind}:${id}` },
              ...{ personKind: kind, personId: id, linkedAt: '2026-11-01T00:00:00.000Z' },
            }),
          ]
        : []),
    ];
  });
}

/** A winter break that a desk has confirmed. */
export function winterBreak(
  areaCode: string,
  startsOn: string,
  endsOn: string,
  stages: readonly Stage[] = ['kindergarten', 'primary', 'junior'],
): readonly Write[] {
  return stages.map((stage) =>
    insert('SchoolBreak', {
      ...{ id: `break-${stage}`, areaCode, stage, kind: 'winter', year: Number(endsOn.slice(0, 4)) },
      ...{ startsOn, endsOn, source: '市教育局通知', verifiedOn: '2026-11-20' },
      ...{ supersededById: null, authorId: null, at: '2026-11-20T00:00:00.000Z' },
    }),
  );
}
