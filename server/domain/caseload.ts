import type { ChildFacts } from './cadence/child-facts.ts';
import type { Duty, Standing } from './cadence/duty.ts';
import { daysBetween, partsOf, type LocalDate } from './local-date.ts';
import { commandOption, plain, say, type Option, type Say } from './say.ts';

/** So many of the latest encounters stay beside the child; the whole history is in the contacts. */
export const RECENT_ENCOUNTERS = 24;

/** A child of somebody's caseload, as that person may see it. */
export interface CaseChild {
  readonly id: string;
  readonly name: string;
  readonly nickname: string | null;
  readonly ageYears: number;
  readonly bornOn: LocalDate;
  readonly village: string;
  /** Brothers and sisters share it; null where nobody knows. */
  readonly householdId: string | null;
  readonly tier: 'low' | 'medium' | 'high';
  /** The directors who answer for the child today. */
  readonly directors: readonly string[];
  readonly directorIds: readonly string[];
  /** Where nobody answers today because whoever does is on leave without a substitute: their names. */
  readonly onLeave?: readonly string[];
  /** Where nobody answers because whoever did has left for good: their names. The children wait to be handed over. */
  readonly leftBy?: readonly string[];
  /** What the rules of cadence compute from. */
  readonly facts: ChildFacts;
  readonly standing: Standing;
}

/** A duty by its period and kind: "十一月的联系", "第四季度的走访". */
export function dutyName(duty: Duty): Say {
  const { year, month } = partsOf(duty.periodStart);
  const isCalendar = ['visit', 'contact', 'home-visit'].includes(duty.kind);
  if (!isCalendar) return say(`duty.${duty.kind}`);
  const isQuarter = daysBetween(duty.periodStart, duty.dueOn) > 31;
  const period = isQuarter
    ? say('period.quarter', { year, quarter: Math.ceil(month / 3) })
    : say('period.month', { year, month });
  return say('duty.of-period', { period, kind: say(`duty.${duty.kind}`) });
}

type Listed = Pick<CaseChild, 'name' | 'village' | 'standing'>;

/** One child of a list and what is owed, with its day. */
export function dueLine(child: Listed): Say {
  return lineWith(child, []);
}

/** The same with the day of the next try, where a visit did not come about. */
export function dueLineWithTry(child: Listed & Pick<CaseChild, 'facts'>, today: LocalDate): Say {
  const tryOn = child.facts.pending?.obstacle?.tryOn ?? null;
  const again = tryOn === today ? say('todo.try-today') : say('todo.try', { on: tryOn ?? today });
  return lineWith(child, tryOn === null ? [] : [again]);
}

function lineWith({ name, village, standing }: Listed, more: readonly Say[]): Say {
  const overdue = standing.overdue.map((o) =>
    say('todo.overdue', { duty: dutyName(o.duty), since: o.since }),
  );
  const open = standing.open.map((d) => say('todo.open', { duty: dutyName(d), on: d.dueOn }));
  return say('todo.line', { name, village, dues: [...overdue, ...open, ...more] });
}

/** The button that records what the child is owed: a visit if one is due, otherwise a contact. */
function recordOption(child: Pick<CaseChild, 'id' | 'name' | 'standing'>): Option {
  const owed = [...child.standing.overdue.map((o) => o.kind), ...child.standing.open.map((d) => d.kind)];
  const isVisit = owed.some((kind) => kind !== 'contact' && kind !== 'talk');
  const label = say(isVisit ? 'todo.visit' : 'todo.contact', { name: child.name });
  return commandOption(isVisit ? 'visit' : 'contact', child.id, label);
}

/** The button that tells what one should know before a visit. */
export function cardOption(child: Pick<CaseChild, 'id' | 'name'>): Option {
  return commandOption('card', child.id, say('card.open', { name: child.name }));
}

/** Numbers choose among at most so many buttons. */
const OPTIONS_LIMIT = 8;

/** The buttons under a list of children: what each is owed, and what one should know first where there is room for both. */
export function recordOptions(
  children: readonly Pick<CaseChild, 'id' | 'name' | 'standing'>[],
): readonly Option[] {
  const hasRoom = children.length * 2 <= OPTIONS_LIMIT;
  return children.flatMap((child) => [recordOption(child), ...(hasRoom ? [cardOption(child)] : [])]);
}

/** Overdue children by director, in the order of the directors' names: nobody is ranked. */
export function overdueGroups(children: readonly CaseChild[]): readonly Say[] {
  const left = children.filter(isLeftBehind);
  const alone = children.filter((child) => child.directors.length === 0 && !isLeftBehind(child));
  const others = children.filter(({ directors }) => directors.length > 0);
  const group = (director: string | Say, of: readonly CaseChild[]) =>
    say('overdue.group', { director, lines: of.map(dueLine) });
  return [
    ...leftBehindGroups(left).map(({ names, children: theirs }) =>
      group(say('overdue.left', { names: names.map(plain) }), theirs),
    ),
    ...onLeaveGroups(alone).map(({ names, children: theirs }) =>
      group(
        names.length === 0
          ? say('overdue.no-director')
          : say('overdue.on-leave', { names: names.map(plain) }),
        theirs,
      ),
    ),
    ...[...groupsBy(others, ({ directors }) => directors.slice(0, 1))].map(([director, theirs]) =>
      group(director, theirs),
    ),
  ];
}

/** Children nobody answers for today, by whoever is on leave; those without any director first, without a name. */
export function onLeaveGroups<Child extends Pick<CaseChild, 'onLeave'>>(
  children: readonly Child[],
): readonly { readonly names: readonly string[]; readonly children: readonly Child[] }[] {
  const groups = groupsBy(children, ({ onLeave }) => onLeave ?? []);
  return [...groups.values()].map((theirs) => ({ names: theirs[0]?.onLeave ?? [], children: theirs }));
}

/** Whether whoever answered for the child has left, and nobody has come in their place. */
export function isLeftBehind({ leftBy }: Pick<CaseChild, 'leftBy'>): boolean {
  return (leftBy ?? []).length > 0;
}

/** Children who wait to be handed over, by who has left. */
export function leftBehindGroups<Child extends Pick<CaseChild, 'leftBy'>>(
  children: readonly Child[],
): readonly { readonly names: readonly string[]; readonly children: readonly Child[] }[] {
  const groups = groupsBy(children.filter(isLeftBehind), ({ leftBy }) => leftBy ?? []);
  return [...groups.values()].map((theirs) => ({ names: theirs[0]?.leftBy ?? [], children: theirs }));
}

/** The same as lines of a list: who has left, and how many children wait. */
export function handOverLines(children: readonly Pick<CaseChild, 'leftBy'>[]): readonly Say[] {
  return leftBehindGroups(children).map(({ names, children: theirs }) =>
    say('hand-over.line', { names: names.map(plain), count: theirs.length }),
  );
}

/** Children who share the same names, in the order of the names. */
function groupsBy<Child>(
  children: readonly Child[],
  namesOf: (child: Child) => readonly string[],
): ReadonlyMap<string, readonly Child[]> {
  const groups = new Map<string, Child[]>();
  for (const child of children) {
    const key = namesOf(child).join('\n');
    groups.set(key, [...(groups.get(key) ?? []), child]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}
