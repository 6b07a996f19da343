import { Chance } from './chance.ts';
import type { TenantClock } from './clock.ts';

/** An application, or a secret without one (contact sync), that fetches tokens of its own. */
export interface App {
  readonly agentId: number | null;
  readonly secret: string;
}

export interface Member {
  readonly userid: string;
  name: string;
  departments: number[];
  leads: number[];
  /** Within the visible range of the app. */
  visible: boolean;
  /** Has a licence for the interfaces. */
  licensed: boolean;
  /** 1: active, 2: disabled, 4: not yet activated, 5: left by themselves. */
  status: number;
}

export interface Department {
  readonly id: number;
  name: string;
  parentid: number;
  order: number;
}

/** What the documents leave open; a test may turn each the other way. */
export interface Unverified {
  /** gettoken inside the validity: a new token, the same one, or a new one that ends the old. */
  gettokenAgain: 'new' | 'same' | 'new-ends-old';
  /** A send dropped by the duplicate check is answered without msgid and response_code, or with those of the first. */
  duplicateAnswer: 'bare' | 'as-the-first';
  /** A response_code that is spent, too old or unknown. */
  spentCode: number;
}

export interface Limits {
  /** Calls of one interface by the corp within a minute; sends are not counted. */
  callsPerMinute: number;
  /** Calls of one interface under way at once; null is without limit. */
  parallelCalls: number | null;
  /** What one member receives of one app; the rest vanishes without a word. */
  perMemberMinute: number;
  perMemberHour: number;
  /** Member accounts of the corp; an app may send 200 times as many messages a day. */
  accounts: number;
}

export interface MemberInput {
  readonly userid: string;
  readonly name?: string;
  readonly departments?: readonly number[];
  readonly leads?: readonly number[];
  readonly visible?: boolean;
  readonly licensed?: boolean;
}

export interface TenantOptions {
  readonly clock: TenantClock;
  readonly seed?: number;
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly otherApps?: readonly App[];
  readonly members?: readonly (string | MemberInput)[];
  readonly departments?: readonly Department[];
  readonly limits?: Partial<Limits>;
  readonly unverified?: Partial<Unverified>;
}

export const ROOT_DEPARTMENT = 1;

/** The corp: who is in it, which apps it has, and its clock and chance. */
export class Tenant {
  readonly clock: TenantClock;
  readonly chance: Chance;
  readonly corpId: string;
  readonly app: App & { readonly agentId: number };
  readonly apps: readonly App[];
  readonly limits: Limits;
  readonly unverified: Unverified;
  readonly departments = new Map<number, Department>();
  /** The addresses that may call; null allows all. */
  allowedIps: readonly string[] | null = null;
  /** Departments within the visible range of the app; null is all. */
  visibleDepartments: readonly number[] | null = null;
  /** An administrator has switched the app off. */
  appIsOff = false;
  /** How the administrator gave the visible range: what is given by a tag alone stands on no other list. */
  rangeBy: 'members' | 'departments' | 'tag' = 'members';
  /** The host that OAuth may lead back to, with its port; null allows all. */
  trustedDomain: string | null = null;
  readonly #members = new Map<string, Member>();

  constructor(options: TenantOptions) {
    this.clock = options.clock;
    this.chance = new Chance(options.seed ?? 1);
    this.corpId = options.corpId;
    this.app = { agentId: options.agentId, secret: options.secret };
    this.apps = [this.app, ...(options.otherApps ?? [])];
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.unverified = { ...DEFAULT_UNVERIFIED, ...options.unverified };
    const root = { id: ROOT_DEPARTMENT, name: '全县', parentid: 0, order: 1 };
    for (const department of [root, ...(options.departments ?? [])])
      this.departments.set(department.id, { ...department });
    for (const member of options.members ?? []) this.join(member);
  }

  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  /** User ids do not mind their case. */
  member(userid: string): Member | undefined {
    return this.#members.get(userid.toLowerCase());
  }

  known(userid: string): Member {
    const member = this.member(userid);
    if (member === undefined) throw new Error(`Nobody in the fake corp is ${userid}.`);
    return member;
  }

  sees(departmentId: number): boolean {
    return this.visibleDepartments?.includes(departmentId) ?? true;
  }

  /** Shown to the app by the interfaces of the address book. */
  inSight(member: Member): boolean {
    return member.visible && member.departments.some((id) => this.sees(id));
  }

  join(input: string | MemberInput): Member {
    const given = typeof input === 'string' ? { userid: input } : input;
    const member: Member = {
      userid: given.userid,
      name: given.name ?? given.userid,
      departments: [...(given.departments ?? [ROOT_DEPARTMENT])],
      leads: [...(given.leads ?? [])],
      visible: given.visible ?? true,
      licensed: given.licensed ?? true,
      status: 1,
    };
    this.#members.set(given.userid.toLowerCase(), member);
    return member;
  }

  leave(userid: string): void {
    this.#members.delete(userid.toLowerCase());
  }
}

const DEFAULT_LIMITS: Limits = {
  callsPerMinute: 10_000,
  parallelCalls: null,
  perMemberMinute: 30,
  perMemberHour: 1_000,
  accounts: 1_000,
};

const DEFAULT_UNVERIFIED: Unverified = {
  gettokenAgain: 'new',
  duplicateAnswer: 'bare',
  spentCode: 40058,
};
