import { describe } from 'vitest';
import type { StoreWorld } from '../../support/store-world.ts';
import { describeAgenda } from './contract/agenda.ts';
import { describeCalls } from './contract/calls.ts';
import { describeCaseloads } from './contract/caseloads.ts';
import { describeDepartures } from './contract/departures.ts';
import { describeFiles } from './contract/files.ts';
import { describeFamilies } from './contract/families.ts';
import { describeFollowUps } from './contract/follow-ups.ts';
import { describeGuards } from './contract/guards.ts';
import { describeLane } from './contract/lane.ts';
import { describeLooking } from './contract/looking.ts';
import { describeMigrations } from './contract/migrations.ts';
import { describeNoLostWrites } from './contract/no-lost-writes.ts';
import { describeOutbox } from './contract/outbox.ts';
import { describePeople } from './contract/people.ts';
import { describePolicies } from './contract/policies.ts';
import { describeQueues } from './contract/queues.ts';
import { describeReports } from './contract/reports.ts';
import { describeSchema } from './contract/schema-agrees.ts';
import { describeSealing } from './contract/sealing.ts';
import { describeTexts } from './contract/texts.ts';
import { useWorld } from './contract/use-store.ts';
import { describeWriting } from './contract/writing.ts';

/** Everything the rest of the service relies on, on one kind of database; `more` adds what only that kind has. */
export function describeStore<W extends StoreWorld>(
  name: string,
  open: () => Promise<W>,
  more: (world: () => W) => void,
): void {
  describe(`the store on ${name}`, () => {
    const world = useWorld(open);
    describeMigrations(world);
    describeSchema(world);
    describeWriting(world);
    describeGuards(world);
    describeLane(world);
    describeNoLostWrites(world);
    describeSealing(world);
    describeTexts(world);
    describeQueues(world);
    describeOutbox(world);
    describeReports(world);
    describeAgenda(world);
    describeCalls(world);
    describeFiles(world);
    describeFollowUps(world);
    describePeople(world);
    describePolicies(world);
    describeLooking(world);
    describeCaseloads(world);
    describeDepartures(world);
    describeFamilies(world);
    more(world);
  });
}
