import { has, type Fields } from './fields.ts';
import { need, Refusal } from './refusal.ts';
import type { Member, Tenant } from './tenant.ts';

const MOST_USERS = 1_000;
const MOST_PARTIES = 100;

/** Whom a send is for, and whom it cannot reach. */
export interface Receivers {
  readonly members: readonly Member[];
  /** What the answer names: only what is not empty, user ids in lower case. */
  readonly named: Fields;
}

export function receiversOf(tenant: Tenant, body: Fields): Receivers {
  const [users, parties, tags] = [body.touser, body.toparty, body.totag].map(splitAtBars);
  const everybody = users?.[0] === '@all';
  if (users === undefined || parties === undefined || tags === undefined) throw new Refusal(40058);
  need(users.length + parties.length + tags.length > 0, 82001);
  need(users.length <= MOST_USERS, 40032);
  need(parties.length <= MOST_PARTIES, 82002);
  need(tags.length <= MOST_PARTIES, 82003);
  return everybody ? everyone(tenant) : named(tenant, users, parties, tags);
}

function everyone(tenant: Tenant): Receivers {
  return {
    members: tenant.members.filter((member) => member.visible && member.licensed),
    named: {},
  };
}

function named(
  tenant: Tenant,
  users: readonly string[],
  parties: readonly string[],
  tags: readonly string[],
): Receivers {
  const asked = users.map((userid) => ({ userid, member: tenant.member(userid) }));
  const isReached = (member: Member | undefined) => member?.visible === true;
  const invalid = asked.filter(({ member }) => !isReached(member)).map(({ userid }) => userid.toLowerCase());
  const unknownParties = parties.filter((id) => !tenant.departments.has(Number(id)));
  const ofParties = membersUnder(tenant, parties.map(Number));
  const found = new Set([...asked.map(({ member }) => member), ...ofParties].filter((m) => m !== undefined));
  const reached = [...found].filter((member) => isReached(member));
  const unlicensed = reached
    .filter((member) => !member.licensed)
    .map((member) => member.userid.toLowerCase());
  const lists: Record<string, readonly string[]> = {
    invaliduser: [...new Set(invalid)],
    invalidparty: unknownParties,
    invalidtag: tags, // the fake corp has no tags
    unlicenseduser: unlicensed,
  };
  const filled = Object.entries(lists).filter(([, ids]) => ids.length > 0);
  const answer = Object.fromEntries(filled.map(([name, ids]) => [name, ids.join('|')]));
  if (reached.length === 0) throw new Refusal(81013, answer);
  return { members: reached.filter((member) => member.licensed), named: answer };
}

/** Members of departments and of all below them. */
export function membersUnder(tenant: Tenant, ids: readonly number[]): readonly Member[] {
  const wanted = new Set(ids);
  for (let grown = true; grown;) {
    const below = [...tenant.departments.values()].filter((d) => wanted.has(d.parentid) && !wanted.has(d.id));
    for (const department of below) wanted.add(department.id);
    grown = below.length > 0;
  }
  return tenant.members.filter((member) => member.departments.some((id) => wanted.has(id)));
}

function splitAtBars(value: unknown): readonly string[] | undefined {
  if (!has(value) || value === '') return [];
  return typeof value === 'string' ? value.split('|').filter((part) => part !== '') : undefined;
}
