import type { KnownMember, Rename, SeenMember } from './member.ts';

/** One person's change since the last look. */
export type MemberChange =
  | {
      readonly kind: 'joined' | 'moved' | 'back';
      readonly member: SeenMember;
      readonly knownAs: string | null;
    }
  | { readonly kind: 'left'; readonly member: SeenMember; readonly knownAs: string | null }
  | {
      readonly kind: 'renamed';
      readonly member: SeenMember;
      readonly from: readonly string[];
      readonly knownAs: string;
    };

/**
 * What changed in the address book: who joined, moved, left, came back, or goes by a new userid. Run twice on the same
 * book it finds nothing the second time.
 */
export function membersDiff(
  known: readonly KnownMember[],
  seen: readonly SeenMember[],
  renames: readonly Rename[],
): readonly MemberChange[] {
  const before = new Map(known.map((member) => [member.userid, member]));
  const now = new Map(seen.map((member) => [member.userid, member]));
  const renamed = renamedTo(before, now, renames);
  const earlier = new Map([...renamed].map(([to, from]) => [to, from] as const));
  const over = new Set([...renamed.values()].flat());
  const changes: MemberChange[] = [];
  for (const member of now.values()) {
    const from = earlier.get(member.userid);
    if (from !== undefined)
      changes.push({ kind: 'renamed', member, from, knownAs: rosterName(before, from) });
    else changes.push(...changeOf(before.get(member.userid), member));
  }
  for (const member of before.values()) {
    if (member.state !== 'here' || now.has(member.userid) || over.has(member.userid)) continue;
    changes.push({ kind: 'left', member, knownAs: member.knownAs });
  }
  return changes;
}

function changeOf(before: KnownMember | undefined, member: SeenMember): readonly MemberChange[] {
  if (before === undefined) return [{ kind: 'joined', member, knownAs: null }];
  const { knownAs } = before;
  // A userid that was given up and is given to somebody again begins anew.
  if (before.state === 'renamed') return [{ kind: 'joined', member, knownAs: null }];
  if (before.state === 'gone') return [{ kind: 'back', member, knownAs }];
  return sameDepartments(before, member) ? [] : [{ kind: 'moved', member, knownAs }];
}

function sameDepartments(a: SeenMember, b: SeenMember): boolean {
  return a.departments.join() === b.departments.join();
}

/**
 * The userids of today with those the same person had before, the oldest first. Events come in any order and some of
 * them twice, so chains are followed; a rename whose end is not in the book is none yet, and whoever has it has left.
 */
function renamedTo(
  before: ReadonlyMap<string, KnownMember>,
  now: ReadonlyMap<string, SeenMember>,
  renames: readonly Rename[],
): ReadonlyMap<string, readonly string[]> {
  const next = new Map(renames.filter(({ from, to }) => from !== to).map(({ from, to }) => [from, to]));
  const found = new Map<string, readonly string[]>();
  for (const from of next.keys()) {
    if (now.has(from) || before.get(from)?.state === 'renamed') continue;
    const chain = chainFrom(from, next, now);
    const to = chain.at(-1);
    if (to === undefined || !now.has(to)) continue;
    const earlier = chain.slice(0, -1);
    if (earlier.length > (found.get(to)?.length ?? 0)) found.set(to, earlier);
  }
  return found;
}

function chainFrom(
  from: string,
  next: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, SeenMember>,
): readonly string[] {
  const chain = [from];
  for (let userid = next.get(from); userid !== undefined && !chain.includes(userid);) {
    chain.push(userid);
    if (now.has(userid)) break;
    userid = next.get(userid);
  }
  return chain;
}

/** The userid the roster may know: the one before the first rename. */
function rosterName(before: ReadonlyMap<string, KnownMember>, from: readonly string[]): string {
  const [first = ''] = from;
  return before.get(first)?.knownAs ?? first;
}
