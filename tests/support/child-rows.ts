import type { Encounter, RiskTier } from '../../server/domain/cadence/child-facts.ts';
import { historyFrom } from '../../server/services/away-facts.ts';
import { insert, type Batch } from '../../server/services/batch.ts';
import { cadenceColumns, readCadence, recentFacts } from '../../server/services/cadence-record.ts';
import { historiesOf, newestContact } from '../../server/store/contacts.ts';
import type { AbsenceRow, ChildRow, ContactRow, ObstacleRow } from '../../server/store/generated/tables.ts';
import type { Store } from '../../server/store/store.ts';
import { child } from '../server/domain/cadence/family.ts';
import { START, type ChildRows } from './child-acts.ts';
import { ModelStore } from './store-model.ts';
import { sampleRow } from './store-rows.ts';

const TABLES = {
  Child: 'id',
  Contact: 'id',
  Absence: 'id',
  Obstacle: 'id',
  AuditEvent: 'id',
  Concern: 'id',
  Outbox: 'id',
};

export type Kept = Pick<ChildRow, 'cadence' | 'recent' | 'lastVisitOn' | 'lastContactOn'>;

/** A child's rows that can be looked at afterwards. */
export interface Readable extends ChildRows {
  /** What is kept on the child. */
  kept(): Promise<Kept>;
}

function newChild(id: string, tier: RiskTier, boarder: boolean) {
  const facts = child(tier, { childId: id, dutiesFrom: START, registration: 'import', boarder });
  return insert('Child', {
    ...sampleRow('Child', 1, { id, code: id, identityIndex: id }),
    ...cadenceColumns(facts, START),
    rev: 1,
  });
}

/** The rows in memory: what a batch means, without a database. */
export function inMemory(tier: RiskTier, boarder: boolean): Readable {
  const model = new ModelStore(TABLES);
  model.commit({ guards: [], writes: [newChild('c1', tier, boarder)] });
  const rows = <T>(table: keyof typeof TABLES) => (model.tables()[table] ?? []) as unknown as T[];
  const row = (): ChildRow => {
    const [found] = rows<ChildRow>('Child');
    if (!found) throw new Error('no child');
    return found;
  };
  return {
    kept: async () => row(),
    history: async () => {
      const { rev, cadence, recent } = row();
      const encounters = rows<ContactRow>('Contact')
        .filter(
          (c) => c.supersededById === null && !c.withdrawn && !(c.met === null && c.childSeen === false),
        )
        .map(({ id, takenOn, mode, childSeen, filedAt }) => ({
          id,
          on: takenOn,
          mode,
          childSeen: childSeen ?? false,
          filedAt,
        }));
      return historyFrom(
        { childId: 'c1', rev, facts: recentFacts(readCadence(cadence).child, recent) },
        {
          encounters: encounters as unknown as Encounter[],
          absences: rows<AbsenceRow>('Absence'),
          obstacles: rows<ObstacleRow>('Obstacle'),
        },
      );
    },
    contact: async (id) => {
      const found = rows<ContactRow>('Contact').find((c) => c.id === id);
      if (!found) throw new Error('no such record');
      return found;
    },
    commit: async (batch: Batch) => {
      if (!model.commit(batch)) throw new Error('refused');
    },
  };
}

/** The rows in a database. */
export async function inStore(store: Store, id: string, tier: RiskTier, boarder: boolean): Promise<Readable> {
  await store.commit({ guards: [], writes: [newChild(id, tier, boarder)] });
  return {
    kept: async () => store.client.child.findUniqueOrThrow({ where: { id } }),
    history: async () => present((await historiesOf(store, [id])).get(id)),
    contact: async (contactId) => present(await newestContact(store, contactId)),
    commit: (batch) => store.commit(batch),
  };
}

function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('not there');
  return value;
}
