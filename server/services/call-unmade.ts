import { CALL_LADDER_POLICY, hasMorningCome } from '../domain/escalation/ladder.ts';
import { addDays, shanghaiDate } from '../domain/local-date.ts';
import { say } from '../domain/say.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import type { Acting, Outgoing } from './acting.ts';
import type { DueRound } from './call.ts';

/**
 * Whoever was to be called reads on the next morning that nobody has called yet, once, and whom to ring. It says no more than
 * what they were told when they asked: no child and no reason, for somebody else may hold the phone. Null on any other day.
 */
export function notCalledYet(
  { calls, holders }: DueRound,
  account: ChatAccountRow | undefined,
  { at, today }: Pick<Acting, 'at' | 'today'>,
): Outgoing | null {
  const [lead] = calls;
  // 没接: somebody did call.
  if (lead === undefined || account === undefined || lead.state !== 'open' || lead.outcome === 'no-answer')
    return null;
  const isMorning = hasMorningCome(at, CALL_LADDER_POLICY.pages);
  if (!isMorning || today !== addDays(shanghaiDate(new Date(lead.askedAt)), 1)) return null;
  const others = holders.filter(({ workerId, phone }) => workerId !== lead.directorId && phone !== null);
  const who = others.find(({ role }) => role === 'supervisor') ?? others[0];
  return {
    account,
    lane: 'reminder',
    key: `not-called:${lead.id}`,
    reply:
      who === undefined || who.phone === null
        ? say('call.not-yet-no-phone')
        : say('call.not-yet', { name: who.name, phone: who.phone }),
    refs: { callId: lead.id },
  };
}
