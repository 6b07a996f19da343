import type { LiftNoContact, MarkNoContact } from '../domain/commands.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, update } from './batch.ts';

/** Marks an adult: from that day on no card shows a number and nothing is sent. */
export function markNoContact(command: MarkNoContact, acting: Acting): Decision {
  const { markId, childId, personKind, personId, reason, fromOn } = command;
  return decided([
    insert('NoContact', {
      id: markId,
      personKind,
      personId,
      childId,
      reason,
      fromOn,
      setBy: acting.personId ?? '',
      setAt: acting.at.toISOString(),
      liftedBy: null,
      liftedAt: null,
    }),
    audit(acting, 'mark-no-contact', personId, { markId, reason, fromOn }),
  ]);
}

/** The mark ends; the row stays, with who ended it. */
export function liftNoContact({ markId }: LiftNoContact, acting: Acting): Decision {
  return decided([
    update('NoContact', markId, { liftedBy: acting.personId ?? '', liftedAt: acting.at.toISOString() }),
    audit(acting, 'lift-no-contact', markId, {}),
  ]);
}
