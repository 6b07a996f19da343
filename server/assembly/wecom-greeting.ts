import { greeting } from '../../bot/flows/everyday.ts';
import type { Batch } from '../services/batch.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { workersById } from '../store/people.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

/**
 * Whoever opens the app and has never spoken hears once what this is, and never again (our default): the row has one key
 * for all times. It is no turn, so it takes up no question and counts as nobody's word.
 */
export async function greetingOf(world: World, account: ChatAccountRow): Promise<Batch | null> {
  if (account.lastWordAt !== null) return null;
  const { personId, personKind } = account;
  const workers = await workersById(
    world.store,
    personKind === 'worker' && personId !== null ? [personId] : [],
  );
  const reply = greeting(workers.get(personId ?? '')?.role ?? 'stranger');
  const key = `greeting:${account.id}`;
  return {
    guards: [],
    writes: [queuedRow(world, { account, lane: 'reply', key, reply, refs: {} })],
  };
}
