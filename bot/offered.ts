import type { InboxMessage } from '../server/services/loaded.ts';
import type { Session } from './dialog/session.ts';
import type { Lookups } from './lookups.ts';
import type { LoadedTurn } from './views.ts';

/** So many choices can be told by number. */
const MOST = 8;

/**
 * The conversation as its holder sees it: below a message that came to a family by itself stand choices, and a bare number,
 * or the words of a button, means one of them. In the middle of a question they go on belonging to that.
 */
export async function withOffered(
  lookups: Pick<Lookups, 'offeredSince'>,
  { body }: Pick<InboxMessage, 'body'>,
  { view, holder }: Pick<LoadedTurn, 'view' | 'holder'>,
  session: Session,
): Promise<Session> {
  const isFamily = view.role === 'guardian' || view.role === 'carer';
  if (!isFamily || body.kind !== 'text' || session.frames.length > 0) return session;
  const options = await lookups.offeredSince(holder.account);
  if (options === null) return session;
  const offered = options.slice(0, MOST);
  return { ...session, offered: offered.map(({ id }) => id), labels: offered.map(({ label }) => label) };
}
