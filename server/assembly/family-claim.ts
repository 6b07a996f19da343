import { shanghaiDate } from '../domain/local-date.ts';
import type { ChatAccountRow, OutboxRow } from '../store/generated/tables.ts';
import { heldChildren } from '../store/family-reach.ts';
import { isForbidden } from '../store/family-phones.ts';
import { isTellingOnItsWay, isToBePassedOn } from '../store/visit-tellings.ts';
import { rowsIn } from '../store/rows.ts';
import { isVisitAhead } from '../store/visits.ts';
import type { World } from './world.ts';

/** What a message to a family refers to, in `refs`: the children it is about, with commas. */
interface FamilyRefs {
  readonly family?: string;
  /** Of no use any more from then on: a visit that is past. */
  readonly until?: string;
  /** The appointments it announces or calls to mind, with commas. */
  readonly visits?: string;
  /** The change of a visit whose message it is. */
  readonly telling?: string;
  /** The change of a visit that its reader is asked to pass on. */
  readonly card?: string;
}

/**
 * Whether a message that nobody in the family asked for still goes, looked at in the moment of its claim: not to a phone
 * that somebody marked 不得联系 reads, not while a report or a concern of one of its children is open, and not about
 * children who are no more in the system (a child's death stops everything). Of a visit that is past, moved
 * or dropped, and of a change that another has replaced, nothing goes. Answers to what a family says are no such
 * messages.
 */
export async function familyMayRead(
  { store, clock }: World,
  row: OutboxRow,
  account: ChatAccountRow,
): Promise<boolean> {
  const { family, until, visits, telling, card } = JSON.parse(row.refs) as FamilyRefs;
  if (until !== undefined && clock.now().toISOString() >= until) return false;
  if (visits !== undefined && !(await isVisitAhead(store, visits.split(',')))) return false;
  if (telling !== undefined && !(await isTellingOnItsWay(store, telling))) return false;
  if (card !== undefined && !(await isToBePassedOn(store, card, shanghaiDate(clock.now())))) return false;
  if (family === undefined) return true;
  const today = shanghaiDate(clock.now());
  if (await isForbidden(store, account, today)) return false;
  const childIds = family.split(',');
  const children = await rowsIn(store, 'Child', 'id', childIds, { columns: ['id', 'endsOn'] });
  if (children.every(({ endsOn }) => endsOn !== null && endsOn <= today)) return false;
  return (await heldChildren(store, childIds)).size === 0;
}
