import type { CloseFollowUp, MoveFollowUp, OpenFollowUp } from '../domain/commands.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, update } from './batch.ts';

/** Puts a follow-up on record: it has an owner and a day from its first moment, and only a person ends it. */
export function openFollowUp(command: OpenFollowUp, acting: Acting): Decision {
  const { followUpId, childId, contactId, concernId, ownerId, text, dueOn } = command;
  const row = {
    id: followUpId,
    childId,
    contactId,
    concernId,
    openedBy: acting.personId ?? '',
    ownerId: ownerId ?? acting.personId ?? '',
    text,
    dueOn,
    state: 'open' as const,
    openedAt: acting.at.toISOString(),
    closedAt: null,
    closedBy: null,
    closedInContactId: null,
    rev: 1,
  };
  return decided([insert('FollowUp', row), audit(acting, 'open-follow-up', followUpId, row)]);
}

/** Ends a follow-up, because a person said so: done, or dropped. */
export function closeFollowUp(command: CloseFollowUp, acting: Acting): Decision {
  const { followUpId, rev, state, contactId } = command;
  const end = {
    state,
    closedAt: acting.at.toISOString(),
    closedBy: acting.personId,
    closedInContactId: contactId,
    rev: rev + 1,
  };
  return decided(
    [update('FollowUp', followUpId, end), audit(acting, 'close-follow-up', followUpId, { state, contactId })],
    [],
    [{ table: 'FollowUp', id: followUpId, rev }],
  );
}

/** Gives a follow-up another day; it stays open. */
export function moveFollowUp(command: MoveFollowUp, acting: Acting): Decision {
  const { followUpId, rev, dueOn } = command;
  return decided(
    [
      update('FollowUp', followUpId, { dueOn, rev: rev + 1 }),
      audit(acting, 'move-follow-up', followUpId, { dueOn }),
    ],
    [],
    [{ table: 'FollowUp', id: followUpId, rev }],
  );
}
