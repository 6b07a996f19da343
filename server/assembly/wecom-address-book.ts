import { lookUp, readAddressBook } from '../../bot/channels/wecom/address-book.ts';
import type { WecomApi } from '../../bot/channels/wecom/api.ts';
import type { Department, SeenMember } from '../domain/contacts/member.ts';
import { membersDiff, type MemberChange } from '../domain/contacts/members-diff.ts';
import { safetyStop, type Held } from '../domain/contacts/safety-stop.ts';
import { knownMembers, pendingChanges } from '../store/wecom-contacts.ts';
import type { World } from './world.ts';

/** How to look at the company's address book. */
export interface BookPorts {
  readonly api: Pick<WecomApi, 'get'>;
  readonly agentId: number;
  /** The share of the known people, in percent, that may be gone within a day. */
  readonly mayVanishPercent: number;
}

/** What one look found: what would change, and whether so many would be gone that nothing is done. */
export interface Look {
  readonly members: readonly SeenMember[];
  readonly departments: readonly Department[];
  readonly changes: readonly MemberChange[];
  readonly held: Held | null;
  /** The events this look answers. */
  readonly answers: readonly string[];
}

/**
 * Reads the address book and compares it with what is known; null where it could not be read. Whoever is missing is asked
 * about by name before they count as gone: somebody who moved during the reading may stand in no list.
 */
export async function lookAtBook(
  { store, clock }: World,
  { api, agentId, mayVanishPercent }: BookPorts,
  breathe: () => Promise<void>,
): Promise<Look | null> {
  const pending = await pendingChanges(store);
  const book = await readAddressBook(api, agentId);
  if (book === null) return null;
  const known = await knownMembers(store, breathe);
  const renames = pending.flatMap(({ rename }) => rename ?? []);
  const answers = pending.map(({ id }) => id);
  const { departments } = book;
  let members = book.members;
  let changes = membersDiff(known, members, renames);
  const stopped = (): Held | null => safetyStop(known, changes, mayVanishPercent, clock.now());
  if (stopped() === null) {
    for (const { member } of changes.filter(({ kind }) => kind === 'left')) {
      const found = await lookUp(api, member.userid);
      if (found === null) return null;
      if (found !== 'away') members = [...members, found];
    }
    changes = membersDiff(known, members, renames);
  }
  return { members, departments, changes, held: stopped(), answers };
}
