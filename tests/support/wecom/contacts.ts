import type { Acts } from './acts.ts';
import type { Delivery } from './callbacks.ts';
import { numberOf, wordsOf, type Fields } from './fields.ts';
import { membersUnder } from './receivers.ts';
import { need, Refusal } from './refusal.ts';
import type { Call, Routes } from './route.ts';
import { ROOT_DEPARTMENT, type Department, type Member, type MemberInput, type Tenant } from './tenant.ts';
import type { XmlElement } from './xml.ts';

const MOST_IDS_A_PAGE = 10_000;

/** The address book, inside the visible range of the app: names, no telephone and no picture (since 2022-06-20). */
export function contactRoutes(tenant: Tenant): Routes {
  const departments = ({ query }: Call) => visibleDepartments(tenant, query.get('id'));
  const members = ({ query }: Call) => membersOf(tenant, Number(query.get('department_id')));
  return {
    'department/list': { method: 'GET', handle: (call) => ({ department: departments(call) }) },
    'department/simplelist': {
      method: 'GET',
      handle: (call) => ({
        department_id: departments(call).map(({ id, parentid, order }) => ({ id, parentid, order })),
      }),
    },
    'user/simplelist': { method: 'GET', handle: (call) => ({ userlist: members(call).map(brief) }) },
    'user/list': { method: 'GET', handle: (call) => ({ userlist: members(call).map(full) }) },
    'user/get': { method: 'GET', handle: ({ query }) => oneMember(tenant, query.get('userid') ?? '') },
    'user/list_id': { method: 'POST', handle: ({ app, body }) => allIds(tenant, app.agentId, body) },
    'agent/get': { method: 'GET', handle: (call) => agentOf(tenant, call) },
    getcallbackip: { method: 'GET', handle: () => ({ ip_list: ['127.0.0.1', '203.0.113.10'] }) },
  };
}

function visibleDepartments(tenant: Tenant, id: string | null): readonly Department[] {
  const root = id === null || id === '' ? null : Number(id);
  need(root === null || tenant.departments.has(root), 60123);
  const all = [...tenant.departments.values()].filter(
    ({ id }) => tenant.sees(id) && tenant.rangeBy !== 'tag',
  );
  const isUnder = (department: Department): boolean =>
    department.id === root || (tenant.departments.has(department.parentid) && isUnder(parentOf(department)));
  const parentOf = (department: Department): Department =>
    tenant.departments.get(department.parentid) ?? department;
  return root === null ? all : all.filter(isUnder);
}

/** Of the department itself, without those below. */
function membersOf(tenant: Tenant, id: number): readonly Member[] {
  need(tenant.departments.has(id), 60123);
  need(tenant.sees(id), 60011);
  return tenant.members.filter((member) => member.visible && member.departments.includes(id));
}

function brief({ userid, name, departments }: Member): Fields {
  return { userid, name, department: departments };
}

function full(member: Member): Fields {
  return {
    ...brief(member),
    order: member.departments.map(() => 0),
    is_leader_in_dept: member.departments.map((id) => (member.leads.includes(id) ? 1 : 0)),
    main_department: member.departments[0] ?? ROOT_DEPARTMENT,
    status: member.status,
  };
}

function oneMember(tenant: Tenant, userid: string): Fields {
  const member = tenant.member(userid);
  need(member !== undefined, 60111);
  need(tenant.inSight(member), 60011);
  return full(member);
}

/** Only with the secret of contact sync. */
function allIds(tenant: Tenant, agentId: number | null, body: Fields): Fields {
  need(agentId === null, 48002);
  const limit = numberOf(body.limit, MOST_IDS_A_PAGE);
  need(limit >= 1 && limit <= MOST_IDS_A_PAGE, 40058);
  const all = tenant.members.flatMap(({ userid, departments }) =>
    departments.map((department) => ({ userid, department })),
  );
  const begin = Number(wordsOf(body.cursor) || '0');
  const page = all.slice(begin, begin + limit);
  const next = begin + page.length;
  return { dept_user: page, next_cursor: next < all.length ? String(next) : '' };
}

function agentOf(tenant: Tenant, { app, query }: Call): Fields {
  const agentId = Number(query.get('agentid'));
  need(Number.isSafeInteger(agentId) && agentId > 0, 40056);
  need(agentId === app.agentId, 301002);
  const byTag = tenant.rangeBy === 'tag';
  const alone = tenant.rangeBy === 'members' ? tenant.members : [];
  const users = alone.filter((member) => tenant.inSight(member)).map(({ userid }) => ({ userid }));
  const parties = [...tenant.departments.keys()].filter((id) => tenant.sees(id) && !byTag);
  return {
    ...{
      agentid: agentId,
      name: '护童',
      close: tenant.appIsOff ? 1 : 0,
      redirect_domain: tenant.trustedDomain ?? '',
    },
    allow_userinfos: { user: users },
    allow_partys: { partyid: parties },
    allow_tags: { tagid: byTag ? [1] : [] },
  };
}

/** What an administrator changes in the address book; each change is told by an event of `sys`. */
export class ContactActs {
  readonly #tenant: Tenant;
  readonly #acts: Acts;

  constructor(tenant: Tenant, acts: Acts) {
    this.#tenant = tenant;
    this.#acts = acts;
  }

  create(input: MemberInput): Promise<Delivery> {
    const member = this.#tenant.join(input);
    return this.#tell('create_user', [['UserID', member.userid], ...detailsOf(member)]);
  }

  update(
    userid: string,
    change: Partial<Pick<Member, 'name' | 'departments' | 'leads' | 'status'>>,
  ): Promise<Delivery> {
    const member = Object.assign(this.#tenant.known(userid), change);
    return this.#tell('update_user', [['UserID', member.userid], ...detailsOf(member)]);
  }

  /** A new user id for the same person. */
  rename(userid: string, newUserId: string): Promise<Delivery> {
    const member = this.#tenant.known(userid);
    this.#tenant.leave(userid);
    this.#tenant.join({ ...member, userid: newUserId });
    return this.#tell('update_user', [
      ['UserID', userid],
      ['NewUserID', newUserId],
    ]);
  }

  remove(userid: string): Promise<Delivery> {
    this.#tenant.leave(userid);
    return this.#tell('delete_user', [['UserID', userid]]);
  }

  createParty(department: Department): Promise<Delivery> {
    this.#tenant.departments.set(department.id, { ...department });
    return this.#tell('create_party', partyOf(department));
  }

  updateParty(id: number, change: Partial<Omit<Department, 'id'>>): Promise<Delivery> {
    const department = this.#tenant.departments.get(id);
    if (department === undefined) throw new Refusal(60123);
    return this.#tell('update_party', partyOf(Object.assign(department, change)));
  }

  removeParty(id: number): Promise<Delivery> {
    if (membersUnder(this.#tenant, [id]).length > 0) throw new Error(`Department ${id} is not empty.`);
    this.#tenant.departments.delete(id);
    return this.#tell('delete_party', [['Id', id]]);
  }

  #tell(changeType: string, fields: readonly XmlElement[]): Promise<Delivery> {
    return this.#acts.systemEvent('change_contact', [['ChangeType', changeType], ...fields]);
  }
}

function detailsOf(member: Member): readonly XmlElement[] {
  return [
    ['Name', member.name],
    ['Department', member.departments.join(',')],
    ['MainDepartment', member.departments[0] ?? ROOT_DEPARTMENT],
    ['IsLeaderInDept', member.departments.map((id) => (member.leads.includes(id) ? 1 : 0)).join(',')],
    ['Status', member.status],
  ];
}

function partyOf({ id, name, parentid, order }: Department): readonly XmlElement[] {
  return [
    ['Id', id],
    ['Name', name],
    ['ParentId', parentid],
    ['Order', order],
  ];
}
