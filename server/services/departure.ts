import { commandOption, say } from '../domain/say.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert, update, type Write } from './batch.ts';
import type { RoleHolder } from './loaded.ts';
import type { ChatAccountRow, DepartureRow } from '../store/generated/tables.ts';

/** Whoever supervises is asked again after so long while children wait (our default: the day of the week stays). */
const ASK_AGAIN_MS = 7 * 86_400_000;
/** Where nobody could be asked, we try again the next day (our default). */
const NOBODY_THERE_MS = 86_400_000;

/**
 * Somebody has left the company: nothing is sent to them any more, and where children of theirs have nobody now, a task
 * begins for whoever supervises.
 */
export function leaveCompany(
  acting: Acting,
  workerId: string,
  accountIds: readonly string[],
  /** Null where it is on record already. */
  children: number | null,
): Decision {
  const at = acting.at.toISOString();
  const shut = accountIds.map((id) => update('ChatAccount', id, { goneAt: at }));
  if (children === null) return decided(shut);
  const waits = children > 0;
  const row: DepartureRow = {
    id: acting.newId(),
    workerId,
    fromOn: acting.today,
    children,
    state: waits ? 'open' : 'settled',
    asksSent: 0,
    nextAskAt: waits ? at : null,
    settledAt: waits ? null : at,
    backAt: null,
    openFor: workerId,
    rev: 1,
  };
  return decided([
    ...shut,
    insert('Departure', row),
    audit(acting, 'left-company', `worker:${workerId}`, { children }),
  ]);
}

/** They are back: they are written to again, and their children are theirs again. */
export function comeBack(
  acting: Acting,
  workerId: string,
  accountIds: readonly string[],
  departure: DepartureRow | null,
): Decision {
  const opened = accountIds.map((id) => update('ChatAccount', id, { goneAt: null }));
  if (departure === null) return decided(opened);
  const at = acting.at.toISOString();
  const ended = { state: 'back', backAt: at, openFor: null, nextAskAt: null } as const;
  return decided(
    [
      ...opened,
      update('Departure', departure.id, { ...ended, rev: departure.rev + 1 }),
      audit(acting, 'back-in-company', `worker:${workerId}`, {}),
    ],
    [],
    [guardOf(departure)],
  );
}

/** The children have a new director, every one of them: the task is done, and only that ends it. */
export function settleHandOver(acting: Acting, departure: DepartureRow): Decision {
  const at = acting.at.toISOString();
  const settled = { state: 'settled', settledAt: at, nextAskAt: null, rev: departure.rev + 1 } as const;
  return decided(
    [
      update('Departure', departure.id, settled),
      audit(acting, 'handed-over', `departure:${departure.id}`, {}),
    ],
    [],
    [guardOf(departure)],
  );
}

/** Asks whoever supervises to find somebody; from the second time on the desk of the county hears of it as well. */
export function askHandOver(
  acting: Acting,
  departure: DepartureRow,
  about: { readonly name: string; readonly children: number },
  holders: readonly RoleHolder[],
): Decision {
  const able = holders.filter(({ workerId }) => workerId !== departure.workerId);
  const rungs = (['supervisor', 'deputy', 'county-desk'] as const).map((role) =>
    able.filter((holder) => holder.role === role).flatMap(({ account }) => account ?? []),
  );
  const first = rungs.find((rung) => rung.length > 0) ?? [];
  const desk = departure.asksSent > 0 ? (rungs[2] ?? []) : [];
  const asked = [...new Map([...first, ...desk].map((account) => [account.id, account])).values()];
  const afterMs = asked.length > 0 ? ASK_AGAIN_MS : NOBODY_THERE_MS;
  const step: Write = update('Departure', departure.id, {
    asksSent: departure.asksSent + (asked.length > 0 ? 1 : 0),
    nextAskAt: new Date(acting.at.getTime() + afterMs).toISOString(),
    rev: departure.rev + 1,
  });
  return decided(
    [step],
    asked.map((account) => question(account, departure, about)),
    [guardOf(departure)],
  );
}

function question(
  account: ChatAccountRow,
  { id, asksSent }: DepartureRow,
  { name, children }: { readonly name: string; readonly children: number },
): Outgoing {
  return {
    account,
    lane: 'reminder',
    key: `hand-over:${id}:${String(asksSent)}:${account.id}`,
    reply: {
      ...say('hand-over.ask', { director: name, count: children }),
      options: [commandOption('ledger', null, say('menu.ledger'))],
    },
    refs: { departureId: id },
  };
}

function guardOf({ id, rev }: DepartureRow) {
  return { table: 'Departure', id, rev } as const;
}
