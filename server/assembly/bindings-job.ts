import { DEFAULT_INVITATION_POLICY } from '../domain/family/invitation.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import type { Job } from '../jobs/rhythm.ts';
import { bindingAsked } from '../services/binding.ts';
import { update } from '../services/batch.ts';
import { bindingsToAsk, directorsOfChild, nextBindingAskAt } from '../store/bindings.ts';
import type { BindingRow } from '../store/generated/tables.ts';
import { accountsOfPersons, areasByCode, roleHolders } from '../store/people.ts';
import { rowsIn } from '../store/rows.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

const HOUR_MS = 3_600_000;

/** Somebody bound and nobody said who it is: the directors are asked again, and later whoever supervises as well. */
export function bindingsJob(world: World): Job {
  const { store, clock } = world;
  return {
    name: 'bindings',
    nextAt: async () => {
      const at = await nextBindingAskAt(store);
      return at === null ? null : new Date(at);
    },
    run: async () => {
      const due = await bindingsToAsk(store, clock.now().toISOString());
      for (const binding of due) await askAgain(world, binding);
      return due.length;
    },
  };
}

async function askAgain(world: World, binding: BindingRow): Promise<void> {
  const { store, clock, primary } = world;
  const { id, rev, asksSent } = binding;
  const { askAgainHours, supervisorFrom } = DEFAULT_INVITATION_POLICY;
  const today = shanghaiDate(clock.now());
  const directors = await directorsOfChild(store, binding.childId, today);
  const accounts = await accountsOfPersons(store, directors, primary);
  const above =
    asksSent >= supervisorFrom || directors.length === 0 ? await supervisorsOf(world, binding) : [];
  const hours = askAgainHours[Math.min(asksSent, askAgainHours.length - 1)] ?? 24;
  await world.commit({
    guards: [{ table: 'Binding', id, rev }],
    writes: [
      ...[...accounts.values(), ...above].map((account) =>
        queuedRow(world, bindingAsked(binding, account, asksSent)),
      ),
      update('Binding', id, {
        asksSent: asksSent + 1,
        nextAskAt: new Date(clock.now().getTime() + hours * HOUR_MS).toISOString(),
        rev: rev + 1,
      }),
    ],
  });
}

async function supervisorsOf({ store, clock, primary }: World, { childId }: BindingRow) {
  const [child] = await rowsIn(store, 'Child', 'id', [childId], { columns: ['villageCode'] });
  const village = (await areasByCode(store, [child?.villageCode ?? ''])).get(child?.villageCode ?? '');
  const township = village?.townshipCode ?? null;
  if (township === null) return [];
  const holders = await roleHolders(store, [township], shanghaiDate(clock.now()), primary);
  return holders.filter(({ role }) => role === 'supervisor').flatMap(({ account }) => account ?? []);
}
