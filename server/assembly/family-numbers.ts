import { EMPTY_SESSION, readSession, type Session } from '../../bot/dialog/session.ts';
import type { FrozenBody } from '../jobs/outbox-worker-ports.ts';
import type { Batch } from '../services/batch.ts';
import type { OutboxRow } from '../store/generated/tables.ts';
import { sessionsOf, sessionWrite } from '../store/sessions.ts';
import type { World } from './world.ts';

/**
 * What a bare number means after a message that came by itself: the choices below it, for a grandmother types "1". In the
 * middle of a conversation the numbers go on belonging to its question. Nothing where nothing can be chosen.
 */
export async function numbersOf({ store, clock }: World, row: OutboxRow): Promise<Batch> {
  const nothing = { guards: [], writes: [] };
  const { options = [] } = JSON.parse(row.body ?? '{}') as Partial<FrozenBody>;
  const stored = (await sessionsOf(store, [row.sessionKey])).get(row.sessionKey);
  if (options.length === 0 || stored === undefined) return nothing;
  const session = stored.body === null ? EMPTY_SESSION : readSession(stored.body);
  if (session === null || session.frames.length > 0) return nothing;
  const heard: Session = {
    ...session,
    offered: options.map(({ id }) => id).slice(0, 8),
    labels: options.map(({ label }) => label).slice(0, 8),
  };
  return sessionWrite(stored, JSON.stringify(heard), clock.now().toISOString(), null);
}
