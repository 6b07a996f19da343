import type { LiftNoContact, MarkNoContact } from '../domain/commands.ts';
import { commandOption, say } from '../domain/say.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert, update } from './batch.ts';

/** A child of an adult, and who answers for it. */
export interface ChildOfAdult {
  readonly childId: string;
  readonly directorIds: readonly string[];
}

/** Who answers for a child of the adult, and which child's card they are to look at. */
export interface ToldOfMark {
  readonly account: ChatAccountRow;
  readonly childId: string;
}

/** Marks an adult: from that day on no card shows a number and nothing is sent. The directors of every child are told. */
export function markNoContact(
  command: MarkNoContact,
  acting: Acting,
  directors: readonly ToldOfMark[],
): Decision {
  const { markId, childId, personKind, personId, reason, source, fromOn } = command;
  return decided(
    [
      insert('NoContact', {
        id: markId,
        personKind,
        personId,
        childId,
        reason,
        source,
        fromOn,
        setBy: acting.personId ?? '',
        setAt: acting.at.toISOString(),
        liftedBy: null,
        liftedAt: null,
        liftedWhy: null,
      }),
      audit(acting, 'mark-no-contact', personId, { markId, reason, source, fromOn }),
    ],
    directors.map((one) => told(one, `no-contact:${markId}`)),
  );
}

/**
 * The mark ends; the row stays, with who ended it and why. Where a supervisor ended it the county desk hears of it, without a
 * name of the family: it may have set the mark, with its paper.
 */
export function liftNoContact(
  { markId, why }: LiftNoContact,
  acting: Acting,
  directors: readonly ToldOfMark[],
  county: {
    readonly by: { readonly name: string; readonly phone: string | null };
    readonly desks: readonly ChatAccountRow[];
  },
): Decision {
  const { name, phone } = county.by;
  const toDesk =
    phone === null
      ? say('no-contact.lifted-by-no-phone', { name })
      : say('no-contact.lifted-by', { name, phone });
  return decided(
    [
      update('NoContact', markId, {
        liftedBy: acting.personId ?? '',
        liftedAt: acting.at.toISOString(),
        liftedWhy: why,
      }),
      audit(acting, 'lift-no-contact', markId, { why }),
    ],
    [
      ...directors.map((one) => told(one, `no-contact-lifted:${markId}`)),
      ...county.desks.map((account): Outgoing => ({
        account,
        lane: 'reminder',
        key: `no-contact-lifted:${markId}:desk:${account.id}`,
        reply: toDesk,
        refs: { markId },
      })),
    ],
  );
}

/** The same words for both, without a name: a locked screen tells nobody who it is about. */
function told({ account, childId }: ToldOfMark, key: string): Outgoing {
  return {
    account,
    lane: 'reminder',
    key: `${key}:${account.id}`,
    reply: {
      ...say('no-contact.told'),
      options: [commandOption('card', childId, say('no-contact.see-card'))],
    },
    refs: { childId },
  };
}
