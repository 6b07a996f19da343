import { insert, update, type Write } from '../services/batch.ts';
import type { ChildRow } from './check-child.ts';
import type { AdultKind, StoredLink } from './roster-store.ts';

/** An adult as one row of the file gives them, with their link to the child. */
export interface GivenAdult {
  readonly name: string;
  readonly phone: string | null;
  readonly relation: string;
  /** Workplace of a guardian, first day of a carer's term. */
  readonly first: string | null;
  /** Away since, for a guardian; last day of a carer's term. */
  readonly second: string | null;
}

export interface NewLink {
  readonly id: string;
  readonly childId: string;
  readonly adultId: string;
  readonly relation: string;
  readonly first: string | null;
  readonly second: string | null;
}

/** Where guardians and carers differ: their tables and what a link holds. The rules of merging are the same. */
export interface FamilyTables {
  readonly kind: AdultKind;
  readonly adult: 'Guardian' | 'Carer';
  readonly given: (row: ChildRow) => GivenAdult | null;
  readonly newLink: (link: NewLink) => Write;
  readonly changedLink: (stored: StoredLink, link: Omit<NewLink, 'id' | 'childId'>) => Write;
}

export const GUARDIANS: FamilyTables = {
  kind: 'guardian',
  adult: 'Guardian',
  given: ({ guardian }) =>
    guardian && {
      name: guardian.name,
      phone: guardian.phone,
      relation: guardian.relation ?? '监护人',
      first: guardian.workplace,
      second: guardian.awaySince,
    },
  newLink: ({ id, childId, adultId, relation, first, second }) =>
    insert('Guardianship', {
      id,
      childId,
      guardianId: adultId,
      relation,
      workplace: first,
      awaySince: second,
    }),
  changedLink: ({ id }, { adultId, relation, first, second }) =>
    update('Guardianship', id, { guardianId: adultId, relation, workplace: first, awaySince: second }),
};

export const CARERS: FamilyTables = {
  kind: 'carer',
  adult: 'Carer',
  given: ({ carer }) =>
    carer && {
      name: carer.name,
      phone: carer.phone,
      relation: carer.relation ?? '照护人',
      first: carer.careFrom,
      second: carer.careUntil,
    },
  newLink: ({ id, childId, adultId, relation, first, second }) =>
    insert('CareArrangement', { id, childId, carerId: adultId, relation, fromOn: first, untilOn: second }),
  changedLink: ({ id }, { adultId, relation, first, second }) =>
    update('CareArrangement', id, { carerId: adultId, relation, fromOn: first, untilOn: second }),
};
