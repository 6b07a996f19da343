import type { KnownMember } from './member.ts';

/** Somebody of the roster with the WeCom account it names, in lower case. */
export interface RosterPerson {
  readonly id: string;
  readonly account: string;
}

/** A chat account on WeCom that belongs to somebody of the roster, or to nobody yet. */
export interface KeptAccount {
  readonly id: string;
  readonly externalId: string;
  readonly personId: string | null;
  readonly isGone: boolean;
}

/** What follows for a person of the roster from what is known of the company's members. */
export type PersonChange =
  | {
      readonly kind: 'renamed';
      readonly person: RosterPerson;
      readonly account: KeptAccount;
      readonly to: string;
      /** An account that somebody opened under the new userid before we knew whose it is. */
      readonly other: KeptAccount | null;
    }
  | {
      readonly kind: 'left' | 'back';
      readonly person: RosterPerson;
      readonly accounts: readonly KeptAccount[];
    };

/**
 * The userid a person of the roster has today: the roster's own word, or what WeCom has made of it since. A userid that
 * is in use by its own name is nobody else's.
 */
export function currentUserids(members: Iterable<KnownMember>): (account: string) => string {
  const own = new Set<string>();
  const renamed = new Map<string, string>();
  for (const { userid, state, knownAs } of members) {
    if (state === 'renamed') continue;
    own.add(userid);
    if (knownAs !== null) renamed.set(knownAs, userid);
  }
  return (account) => (own.has(account) ? account : (renamed.get(account) ?? account));
}

/** What the company's members mean for the people of the roster: computed from how things stand, so nothing is missed. */
export function peopleDiff(
  people: readonly RosterPerson[],
  members: readonly KnownMember[],
  accounts: readonly KeptAccount[],
  departed: ReadonlySet<string>,
): readonly PersonChange[] {
  const memberOf = new Map(members.map((member) => [member.userid, member]));
  const useridOf = currentUserids(members);
  const byUserid = new Map(accounts.map((account) => [account.externalId, account]));
  const byPerson = new Map<string, KeptAccount[]>();
  for (const account of accounts) {
    if (account.personId === null) continue;
    byPerson.set(account.personId, [...(byPerson.get(account.personId) ?? []), account]);
  }
  return people.flatMap((person): readonly PersonChange[] => {
    const to = useridOf(person.account);
    const own = byPerson.get(person.id) ?? [];
    const old = own.find(({ externalId }) => memberOf.get(externalId)?.state === 'renamed');
    const other = byUserid.get(to) ?? null;
    const isFree = [null, undefined, person.id].includes(other?.personId);
    if (old !== undefined && old.externalId !== to && isFree)
      return [{ kind: 'renamed', person, account: old, to, other }];
    const state = memberOf.get(to)?.state;
    const reached = own.filter((account) => !account.isGone);
    if (state === 'gone' && (!departed.has(person.id) || reached.length > 0))
      return [{ kind: 'left', person, accounts: reached }];
    const shut = own.filter((account) => account.isGone);
    if (state === 'here' && (departed.has(person.id) || shut.length > 0))
      return [{ kind: 'back', person, accounts: shut }];
    return [];
  });
}
