import { DEFAULT_LADDER_POLICY, rolesAt, type LadderRole } from './ladder.ts';

/** A dated setting. */
export interface FailingPolicy {
  readonly validFrom: string;
  readonly source: string;
  /** Somebody whose last messages, so many of them, all failed receives nothing. */
  readonly lastMessages: number;
}

/** One failed message may be chance; three in a row are not. */
export const FAILING_POLICY: FailingPolicy = {
  validFrom: '2024-01-01',
  source: 'our default',
  lastMessages: 3,
};

/** What can stand in the way of an alert, the gravest first. */
export const FINDING_KINDS = [
  'nobody',
  'rung-unreached',
  'rung-empty',
  'no-supervisor',
  'no-director',
  'failing',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One gap between a child and somebody who would be told. */
export interface Finding {
  readonly kind: FindingKind;
  /** Where it is: a village, a township or the county. */
  readonly areaCode: string;
  /** Null where it is the county's own. */
  readonly townshipCode: string | null;
  /** The rung, of a gap in the ladder. */
  readonly role: LadderRole | null;
  /** How many: children, directors, people; 1 for a rung or an area. */
  readonly count: number;
  /** The people it is about; never a child. */
  readonly workerIds: readonly string[];
}

/** A county as it stands on a day. */
export interface CountyStanding {
  readonly countyCode: string;
  readonly townships: readonly string[];
  /** The villages with children, and how many of them nobody answers for. */
  readonly villages: readonly {
    readonly code: string;
    readonly townshipCode: string | null;
    readonly withoutDirector: number;
  }[];
  readonly directors: readonly { readonly workerId: string; readonly townshipCode: string | null }[];
  /** Who fills a rung, by the duty roster or because everybody who holds the role does. */
  readonly holders: readonly {
    readonly workerId: string;
    readonly role: string;
    readonly areaCode: string;
  }[];
  /** Where everybody of the county works. */
  readonly placeOf: ReadonlyMap<string, { readonly areaCode: string; readonly townshipCode: string | null }>;
  /** Who has an account at which people can be reached. */
  readonly linked: ReadonlySet<string>;
  /** Whose last messages all failed. */
  readonly failing: ReadonlySet<string>;
}

/** Everybody and every child that an alert would not reach, in an order without chance. */
export function findingsOf(county: CountyStanding): readonly Finding[] {
  const rungs = rungsOf(county);
  const found: Finding[] = [
    ...nobodyThere(county, rungs),
    ...rungs.filter(({ reached }) => !reached).map(rungFinding),
    ...noSupervisor(county),
    ...county.villages
      .filter(({ withoutDirector }) => withoutDirector > 0)
      .map(({ code, townshipCode, withoutDirector }): Finding => ({
        kind: 'no-director',
        areaCode: code,
        townshipCode,
        role: null,
        count: withoutDirector,
        workerIds: [],
      })),
    ...[...county.failing].flatMap((workerId) => failingPerson(workerId, county)),
  ];
  const keys = new Map(found.map((finding) => [finding, orderOf(finding)]));
  const keyOf = (finding: Finding): string => keys.get(finding) ?? '';
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

/** How many of each kind, the kinds that are not there as 0. */
export function countsOf(findings: readonly Finding[]): Readonly<Record<FindingKind, number>> {
  const count = (kind: FindingKind): number =>
    findings.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.count, 0);
  return Object.fromEntries(FINDING_KINDS.map((kind) => [kind, count(kind)])) as Record<FindingKind, number>;
}

/** How many of each kind that is there. */
export function gapsOf(findings: readonly Finding[]): Readonly<Partial<Record<FindingKind, number>>> {
  return Object.fromEntries(Object.entries(countsOf(findings)).filter(([, count]) => count > 0));
}

/** A finding as it is remembered: the same gap tomorrow is the same words, one more child in it is not. */
export function rememberedAs({ kind, areaCode, role, count, workerIds }: Finding): string {
  return [kind, areaCode, role ?? '', String(count), ...[...workerIds].sort()].join(' ');
}

interface Rung {
  readonly role: LadderRole;
  readonly areaCode: string;
  readonly townshipCode: string | null;
  readonly workerIds: readonly string[];
  readonly reached: boolean;
}

/** Every rung of every ladder of the county: the township's own, and the county's once. */
function rungsOf({ countyCode, townships, holders, linked, failing }: CountyStanding): readonly Rung[] {
  const roles = rolesAt(DEFAULT_LADDER_POLICY.steps, Infinity);
  const isReached = (id: string): boolean => linked.has(id) && !failing.has(id);
  const rung = (role: LadderRole, areaCode: string, townshipCode: string | null): Rung => {
    const own = holders.filter((h) => h.role === role && h.areaCode === areaCode);
    const workerIds = [...new Set(own.map((h) => h.workerId))];
    return { role, areaCode, townshipCode, workerIds, reached: workerIds.some(isReached) };
  };
  return [
    ...townships.flatMap((code) => roles.filter(isTownships).map((role) => rung(role, code, code))),
    ...roles.filter((role) => !isTownships(role)).map((role) => rung(role, countyCode, null)),
  ];
}

function isTownships(role: LadderRole): boolean {
  return !role.startsWith('county-');
}

function rungFinding({ role, areaCode, townshipCode, workerIds }: Rung): Finding {
  const kind = workerIds.length === 0 ? 'rung-empty' : 'rung-unreached';
  return { kind, areaCode, townshipCode, role, count: 1, workerIds };
}

/** Areas in which a report would be read by nobody at all: the county itself, or a township of it. */
function nobodyThere({ countyCode, townships }: CountyStanding, rungs: readonly Rung[]): readonly Finding[] {
  const reached = (township: string | null): boolean =>
    rungs.some((rung) => rung.townshipCode === township && rung.reached);
  if (reached(null)) return [];
  const none = { kind: 'nobody', role: null, count: 1, workerIds: [] } as const;
  return [
    { ...none, areaCode: countyCode, townshipCode: null },
    ...townships
      .filter((code) => !reached(code))
      .map((code): Finding => ({ ...none, areaCode: code, townshipCode: code })),
  ];
}

/** Directors above whom nobody supervises; a deputy is the second rung, not the first. */
function noSupervisor({ townships, directors, holders }: CountyStanding): readonly Finding[] {
  return townships.flatMap((code): Finding[] => {
    if (holders.some((h) => h.role === 'supervisor' && h.areaCode === code)) return [];
    const workerIds = directors.filter((d) => d.townshipCode === code).map((d) => d.workerId);
    const { length: count } = workerIds;
    return count === 0
      ? []
      : [{ kind: 'no-supervisor', areaCode: code, townshipCode: code, role: null, count, workerIds }];
  });
}

function failingPerson(workerId: string, { placeOf }: CountyStanding): readonly Finding[] {
  const place = placeOf.get(workerId);
  return place === undefined
    ? []
    : [{ kind: 'failing', ...place, role: null, count: 1, workerIds: [workerId] }];
}

function orderOf({ kind, areaCode, role, workerIds }: Finding): string {
  return [String(FINDING_KINDS.indexOf(kind)), areaCode, role ?? '', ...workerIds].join(' ');
}
