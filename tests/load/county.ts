import type { RiskTier } from '../../server/domain/cadence/child-facts.ts';
import { insert, type Write } from '../../server/services/batch.ts';
import type { VisitAppointmentRow } from '../../server/store/generated/tables.ts';
import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import {
  COUNTY,
  NORTH,
  idOf,
  village,
  type CountyPlan,
  type PlannedCountyChild,
  type PlannedWorker,
} from '../support/planning-county.ts';

const FEW = 5;
const MANY = 35;
const SURNAMES = '林陈黄郑吴许何罗谢曾';
const FIRST = '安博晨达恩飞光浩佳凯';
const SECOND = '兰梅宁平琪荣山婷文霞勇';

export const FIVE = 'dir.five';
export const THIRTY_FIVE = 'dir.many';
export const SUPERVISOR = 'sup';
export const GUARDIAN_ID = idOf('4', 1);
export const GUARDIAN = `guardian:${GUARDIAN_ID}`;

/** An invented township: so many directors, the first with five children, the second with 35, the others with five. */
export function loadCounty(directors: number, today: string): CountyPlan {
  const workers = Array.from({ length: directors }, (_, n): PlannedWorker => {
    const area = village(NORTH, n + 1);
    const account = [FIVE, THIRTY_FIVE][n] ?? `dir.${String(n)}`;
    return { account, name: `主任${String(n)}`, role: 'director', area, villages: [area] };
  });
  const children = workers.flatMap((worker, n) =>
    Array.from({ length: n === 1 ? MANY : FEW }, (_, c) => childOf(worker.area, n, c)),
  );
  return {
    dutiesFrom: '2026-11-01',
    today,
    workers: [
      ...workers,
      { account: SUPERVISOR, name: '督导', role: 'supervisor', area: NORTH },
      { account: 'desk', name: '县科员', role: 'county-desk', area: COUNTY },
    ],
    children,
  };
}

/**
 * Two of five need a visit every month. A HIGH child lives with every third of the other directors: what is overdue of
 * such a child never waits for a budget, so the director of five under budget has none (our default).
 */
function childOf(area: string, director: number, n: number): PlannedCountyChild {
  const name = `${SURNAMES[director % 10] ?? ''}${FIRST[n % 10] ?? ''}${SECOND[(n + Math.floor(n / 10)) % 11] ?? ''}`;
  const tier: RiskTier =
    director > 0 && director % 3 === 0 && n === 0 ? 'high' : n % 5 < 2 ? 'medium' : 'low';
  return { name, tier, village: area };
}

/** A guardian of two children of the first director, linked, who agreed to reminders; away from one, at home with the other. */
export function guardianWrites(): readonly Write[] {
  const guardianship = (n: number): Write =>
    insert('Guardianship', {
      id: idOf('7', n),
      childId: idOf('2', n),
      guardianId: GUARDIAN_ID,
      relation: '父亲',
      workplace: null,
      awaySince: n === 0 ? '2026-02-20' : null,
    });
  return [
    insert('Guardian', {
      id: GUARDIAN_ID,
      name: '林建国',
      phone: null,
      phoneIndex: null,
      mergeIndex: 'load',
    }),
    guardianship(0),
    guardianship(1),
    insert('ChatAccount', {
      ...ACCOUNT_DEFAULTS,
      id: idOf('5', 9_000),
      channel: 'simulator',
      externalId: GUARDIAN,
      personKind: 'guardian',
      personId: GUARDIAN_ID,
      linkedAt: '2026-02-20T00:00:00.000Z',
    }),
    insert('Consent', {
      ...{ id: idOf('7', 2), at: '2026-11-01T00:00:00.000Z', accountId: idOf('5', 9_000), kind: 'tips' },
      ...{ personKind: 'guardian', personId: GUARDIAN_ID, given: true, textVersion: 2 },
    }),
    insert('VisitAppointment', announced()),
    ...letter(),
  ];
}

/** A letter about the child he is away from, after a visit on the last day of November. */
function letter(): readonly Write[] {
  const at = '2026-12-01T01:00:00.000Z';
  const visit = { id: idOf('7', 4), childId: idOf('2', 0), on: '2026-11-30' };
  return [
    insert('Contact', {
      ...{ id: visit.id, childId: visit.childId, authorId: idOf('1', 0), mode: 'home', takenOn: visit.on },
      ...{ childSeen: true, met: null, note: null, outcome: 'none', filedAt: at, tripId: null },
      ...{ supersedesId: null, supersededById: null, withdrawn: false, reason: null, correctedById: null },
    }),
    insert('FamilyLetter', {
      ...{ id: idOf('7', 5), childId: visit.childId, contactId: visit.id, directorId: idOf('1', 0) },
      ...{ onDay: visit.on, place: 'home', ending: 'call', words: null, state: 'waiting', nextAt: at },
      ...{ createdAt: at, rev: 1 },
    }),
  ];
}

/** One visit of the month, put down a week before its day: announced, and called to mind on the evening before. */
function announced(): VisitAppointmentRow {
  const nextAt = '2026-12-09T01:00:00.000Z';
  return {
    ...{
      id: idOf('7', 3),
      childId: idOf('2', 1),
      tripId: null,
      directorId: idOf('1', 0),
      onDay: '2026-12-16',
    },
    ...{ daypart: 'morning', state: 'planned', told: false, toldAt: null, owed: 'announce', nextAt },
    ...{ reminded: false, atHome: false, wishText: null, wishOn: null, wishPart: null },
    ...{ supersedesId: null, doneById: null, createdAt: nextAt, rev: 1 },
  };
}
