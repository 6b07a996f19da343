import type { CloseFollowUp, MoveFollowUp, OpenFollowUp } from '../domain/commands.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { commandOption, say } from '../domain/say.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert, update } from './batch.ts';

/** Puts a follow-up on record: it has an owner and a day from its first moment, and only a person ends it. */
export function openFollowUp(
  command: OpenFollowUp,
  acting: Acting,
  people: { readonly byName: string; readonly owner: ChatAccountRow | null },
): Decision {
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
  const isAnothers = row.ownerId !== acting.personId;
  return decided(
    [insert('FollowUp', row), audit(acting, 'open-follow-up', followUpId, row)],
    isAnothers && people.owner ? [askedOf(people.owner, people.byName, row)] : [],
  );
}

/** Somebody else is asked to come back to it: no child and no reason on a locked screen. */
function askedOf(
  account: ChatAccountRow,
  name: string,
  row: { readonly id: string; readonly dueOn: LocalDate },
): Outgoing {
  return {
    account,
    lane: 'reminder',
    key: `follow-up:${row.id}`,
    reply: {
      ...say('follow-up.asked-of-you', { name, on: row.dueOn }),
      options: [commandOption('follow-up', null, say('menu.follow-up'))],
    },
    refs: { followUpId: row.id },
  };
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
