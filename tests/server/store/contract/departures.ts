import { describe, expect, it } from 'vitest';
import { FUJIAN_PLAN_POLICY } from '../../../../server/domain/cadence/policy.ts';
import { insert, type Write } from '../../../../server/services/batch.ts';
import { cadenceColumns } from '../../../../server/services/cadence-record.ts';
import { childrenOfVillages } from '../../../../server/store/caseloads.ts';
import { childrenWaiting, departures } from '../../../../server/store/departures.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { child as factsOf, day } from '../../domain/cadence/family.ts';
import { useStore, type World } from './use-store.ts';

const TODAY = day('2026-11-23');
const LEFT_ON = '2026-11-20';

function director(id: string): Write {
  const row = { id, code: id, account: id, name: `主任${id}`, role: 'director', state: 'active' } as const;
  return insert('Worker', sampleRow('Worker', 1, row));
}

function assigned(
  workerId: string,
  villageCode: string,
  over: { readonly childId?: string; readonly fromOn?: string; readonly untilOn?: string } = {},
): Write {
  const { childId = null, fromOn = '2026-01-01', untilOn = null } = over;
  const id = [workerId, villageCode, childId ?? 'all', fromOn].join(' ');
  return insert('Assignment', { id, workerId, villageCode, childId, fromOn, untilOn });
}

function child(id: string, villageCode: string, endsOn: string | null = null): Write {
  const own = { id, code: id, identityIndex: id, name: `孩子${id}`, nickname: null, villageCode, endsOn };
  const facts = factsOf('low', { childId: id, endsOn: endsOn === null ? null : day(endsOn) });
  return insert('Child', { ...sampleRow('Child', 1, own), ...cadenceColumns(facts, TODAY) });
}

function left(workerId: string, over: { readonly openFor?: string | null } = {}): Write {
  const row = {
    id: `left ${workerId}`,
    workerId,
    fromOn: LEFT_ON,
    state: 'open',
    openFor: workerId,
  } as const;
  return insert('Departure', sampleRow('Departure', 1, { ...row, ...over }));
}

export function describeDepartures(world: World): void {
  describe('children of somebody who has left', () => {
    const store = useStore(world);
    const waiting = async (...workerIds: string[]) =>
      Object.fromEntries(
        await childrenWaiting(
          store(),
          workerIds.map((workerId) => ({ workerId, fromOn: LEFT_ON })),
          TODAY,
        ),
      );
    const leftBy = async (...codes: string[]) =>
      Object.fromEntries(
        (await childrenOfVillages(store(), codes, [FUJIAN_PLAN_POLICY], TODAY)).map((one) => [
          one.id,
          one.directorIds.length > 0 ? one.directors : (one.leftBy ?? []).map((name) => `left by ${name}`),
        ]),
      );

    it('wait where nobody else answers; a colleague or a director of the child is enough', async () => {
      await store().commit(
        batchOf(
          ...['anna', 'bert', 'carl'].map(director),
          assigned('anna', 'east'),
          assigned('anna', 'west'),
          assigned('bert', 'west'),
          assigned('carl', 'east', { childId: 'c2' }),
          ...['c1', 'c2', 'c3'].map((id) => child(id, 'east')),
          child('c4', 'west'),
          child('c5', 'east', '2026-11-23'),
          left('anna'),
        ),
      );
      expect(await waiting('anna')).toEqual({ anna: 2 });
      expect(await leftBy('east', 'west')).toEqual({
        c1: ['left by 主任anna'],
        c2: ['主任carl'],
        c3: ['left by 主任anna'],
        c4: ['主任bert'],
      });
    });

    it('wait on when the assignment is only taken away, or the new director has left as well', async () => {
      await store().commit(
        batchOf(
          ...['anna', 'bert', 'dora'].map(director),
          assigned('anna', 'east', { untilOn: '2026-11-21' }),
          assigned('bert', 'east', { fromOn: '2026-11-22' }),
          assigned('dora', 'west', { untilOn: '2026-10-01' }),
          child('c1', 'east'),
          child('c2', 'west'),
          ...['anna', 'bert', 'dora'].map((id) => left(id)),
        ),
      );
      expect(await waiting('anna', 'dora')).toEqual({ anna: 1, dora: 0 });
      expect((await departures(store())).map((one) => one.workerId)).toEqual(['anna', 'bert', 'dora']);
    });

    it('have their director again when that one is back', async () => {
      await store().commit(
        batchOf(
          director('anna'),
          assigned('anna', 'east'),
          child('c1', 'east'),
          left('anna', { openFor: null }),
        ),
      );
      expect(await departures(store())).toEqual([]);
      expect(await leftBy('east')).toEqual({ c1: ['主任anna'] });
    });
  });
}
