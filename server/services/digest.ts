import { waitsForTry } from '../domain/cadence/next-try.ts';
import {
  dueLine,
  isLeftBehind,
  leftBehindGroups,
  onLeaveGroups,
  overdueGroups,
  recordOptions,
} from '../domain/caseload.ts';
import type { FollowUp } from '../domain/follow-up.ts';
import { missedLine, missedOptions } from '../domain/family/missed-visit.ts';
import type { VisitTime } from '../domain/family/visit.ts';
import { followUpLine, followUpOption } from '../domain/follow-up-line.ts';
import { addDays, type LocalDate } from '../domain/local-date.ts';
import { commandOption, plain, say, type Option, type Reply, type Say } from '../domain/say.ts';
import { callsReply, type CallRound } from '../domain/waiting-call.ts';
import { ROUTE_ABOVE } from '../domain/route/plan-week.ts';
import { routeLines, routeOf, type Week } from '../domain/route/route-lines.ts';
import type { LoadedChild } from './loaded.ts';

/** Children whose duty ends within so many days belong to the list of a day (the first reminder before the end). */
const NEAR_DAYS = 10;
/** A digest names so many children; the rest is one button away. */
const NAMED = 7;
const GROUPED = 20;
/** So many visits without a record and follow-ups stand before the children; the rest is in 待办. */
const FOLLOWED = 3;
const MISSED = 2;
/** Numbers choose among at most so many buttons. */
const OPTIONS_LIMIT = 8;

/** A follow-up that is due, with its child. */
export interface TellableFollowUp {
  readonly followUp: FollowUp;
  readonly child: LoadedChild;
}

/** A visit that was agreed on and is not on record, with its child. */
export interface TellableVisit extends VisitTime {
  readonly child: LoadedChild;
}

/** What a director's digest is made of. */
export interface DirectorFindings {
  readonly children: readonly LoadedChild[];
  readonly plannedDuties: ReadonlySet<string>;
  readonly today: LocalDate;
  readonly lateSince: LocalDate | null;
  readonly week: Week;
  /** What is due today or past its day. */
  readonly followUps: readonly TellableFollowUp[];
  /** Visits that were agreed on and are not on record, whose day passed since the last digest. */
  readonly missed: readonly TellableVisit[];
}

/** The digest of a director: what was promised, and who waits, the most urgent first. Null when nothing does (any more). */
export function directorDigest(
  findings: DirectorFindings,
): { readonly reply: Reply; readonly shown: readonly LoadedChild[] } | null {
  const { children, today, week, lateSince, followUps, missed } = findings;
  const waiting = children.filter((child) => isWaiting(child, findings.plannedDuties, today));
  if (waiting.length + followUps.length + missed.length === 0) return null;
  const isMany = waiting.length > ROUTE_ABOVE;
  const agreed = missed.slice(0, MISSED);
  const promised = followUps.slice(0, FOLLOWED - agreed.length);
  const answers = [
    ...agreed.flatMap(({ child }) => missedOptions(child)),
    ...promised.map(({ followUp, child }) => followUpOption(followUp, child)),
  ];
  const room = NAMED - answers.length - (isMany ? 1 : 0);
  const named = waiting.slice(0, room);
  const isLeftOut =
    waiting.length > room || missed.length > agreed.length || followUps.length > promised.length;
  const more = isLeftOut ? [commandOption('todo', null, say('dialog.more'))] : [];
  const way = isMany ? [commandOption('route', null, say('route.open'))] : [];
  const route = isMany ? [say('digest.route', { lines: routeLines(routeOf(children, week), children) })] : [];
  const reply = say('digest.director', {
    count: waiting.length + followUps.length + missed.length,
    lines: [
      ...agreed.map(({ child, ...when }) => missedLine(child, when)),
      ...promised.map(({ followUp, child }) => followUpLine(followUp, child.name, today)),
      ...named.map(dueLine),
    ],
    route,
    late: lateSince === null ? [] : [say('digest.director-late', { on: lateSince })],
  });
  return {
    reply: { ...reply, options: fitting(answers, recordOptions(named), [...more, ...way]) },
    shown: [
      ...(isMany ? children.filter(isOwed) : waiting),
      ...[...followUps, ...missed].map(({ child }) => child),
    ],
  };
}

/** Where the buttons are too many, what one should know before a visit gives way to what has to be done. */
function fitting(
  answers: readonly Option[],
  records: readonly Option[],
  more: readonly Option[],
): readonly Option[] {
  // A child whose visit is not on record may wait for it all the same: one button is enough.
  const given = new Set(answers.map(({ id }) => id));
  const all = [...answers, ...records.filter(({ id }) => !given.has(id)), ...more];
  return all.length <= OPTIONS_LIMIT ? all : all.filter(({ id }) => !id.startsWith('c:card:'));
}

/** Whether a child belongs to today's list: overdue, planned for it, or due soon. */
function isWaiting(child: LoadedChild, plannedDuties: ReadonlySet<string>, today: LocalDate): boolean {
  const { standing } = child;
  const tryOn = child.facts.pending?.obstacle?.tryOn ?? null;
  if (waitsForTry(tryOn, child.standing, today)) return false; // told again on the day of the next try
  const near = addDays(today, NEAR_DAYS);
  return (
    standing.overdue.length > 0 || standing.open.some((d) => d.dueOn <= near || plannedDuties.has(d.key))
  );
}

/** A director who may not have received anything, with the number to call. */
export interface SilentDirector {
  readonly name: string;
  readonly phone: string | null;
}

/** What a supervisor's digest is made of. */
export interface SupervisorFindings {
  readonly children: readonly LoadedChild[];
  readonly silent: readonly SilentDirector[];
  /** Children for whom several directors answer alike, because nobody was assigned. */
  readonly shared: readonly LoadedChild[];
  /** Calls the reader was asked to make. */
  readonly calls: readonly CallRound[];
  readonly lateSince: LocalDate | null;
  /** The day of the last digest that reached this reader; null where none did. */
  readonly lastOn: LocalDate | null;
}

/** The digest of whoever supervises a township: overdue children by director, nobody ranked. Null when none is. */
export function supervisorDigest(findings: SupervisorFindings): Reply | null {
  const overdue = findings.children.filter((c) => c.standing.overdue.length > 0);
  const left = findings.children.filter(isLeftBehind);
  const unassigned = findings.children.filter(
    (c) => c.directorIds.length === 0 && !isLeftBehind(c) && isOwed(c),
  );
  const shared = findings.shared.filter(isOwed);
  const toCall = callsReply(findings.calls);
  const found = [overdue, left, unassigned, shared].some((children) => children.length > 0);
  if (!found && toCall === null) return null;
  const lines: Say[] = [
    ...overdueLines(overdue, findings.lastOn),
    ...(overdue.length > GROUPED ? [say('overdue.rest', { count: overdue.length - GROUPED })] : []),
    ...leftBehindGroups(left).map(handOverOf),
    ...onLeaveGroups(unassigned).flatMap(({ names, children }) =>
      names.length === 0
        ? findingOf('digest.unassigned', children)
        : findingOf('digest.on-leave', children, { names: names.map(plain) }),
    ),
    ...findingOf('digest.shared', shared),
  ];
  const calls = findings.silent.map(({ name, phone }) =>
    phone === null
      ? say('digest.silent-no-phone', { director: name })
      : say('digest.silent', { director: name, phone }),
  );
  const late = findings.lateSince === null ? [] : [say('digest.director-late', { on: findings.lateSince })];
  const reply = say('digest.supervisor', {
    count: overdue.length,
    calls: toCall === null ? [] : [toCall],
    lines,
    silent: calls,
    late,
  });
  const options = [...(toCall?.options ?? []), commandOption('overdue', null, say('menu.overdue'))];
  return { ...reply, options };
}

/**
 * What has come since the last digest, then what has waited longest: a long list would otherwise begin with the same
 * children for ever. 逾期 has all of them.
 */
function overdueLines(overdue: readonly LoadedChild[], lastOn: LocalDate | null): readonly Say[] {
  const isNew = ({ standing }: LoadedChild): boolean =>
    lastOn !== null && standing.overdue.some(({ since }) => since > lastOn);
  const longest = [...overdue].sort((a, b) => compare(waitingSince(a), waitingSince(b)));
  const fresh = longest.filter(isNew).slice(0, GROUPED);
  const known = longest.filter((child) => !isNew(child)).slice(0, GROUPED - fresh.length);
  if (fresh.length === 0 || known.length === 0) return overdueGroups([...fresh, ...known]);
  return [
    say('digest.overdue-new', { lines: overdueGroups(fresh) }),
    say('digest.overdue-known', { lines: overdueGroups(known) }),
  ];
}

function waitingSince({ standing }: LoadedChild): string {
  return standing.overdue.map(({ since }) => since).sort()[0] ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function findingOf(key: string, children: readonly LoadedChild[], values: Say['vars'] = {}): Say[] {
  if (children.length === 0) return [];
  const lines = children.slice(0, NAMED).map(dueLine);
  return [say(key, { ...values, count: children.length, lines })];
}

/** All who wait to be handed over are counted; named are those to whom something is owed. */
function handOverOf({
  names,
  children,
}: {
  readonly names: readonly string[];
  readonly children: readonly LoadedChild[];
}): Say {
  const owed = children.filter(isOwed);
  const about = { names: names.map(plain), count: children.length };
  if (owed.length === 0) return say('digest.left-quiet', about);
  return say('digest.left', { ...about, lines: owed.slice(0, NAMED).map(dueLine) });
}

function isOwed({ standing }: LoadedChild): boolean {
  return standing.open.length + standing.overdue.length > 0;
}

/** The weekly table of a desk: counts by township, nothing else. Null when nothing is overdue. */
export function countyTable(
  rows: readonly { readonly name: string; readonly children: number; readonly overdue: number }[],
  on: LocalDate,
): Reply | null {
  const count = rows.reduce((sum, row) => sum + row.overdue, 0);
  if (count === 0) return null;
  const lines = rows
    .filter((r) => r.overdue > 0)
    .map((r) => say('overdue.township', { name: r.name, children: r.children, overdue: r.overdue }));
  return {
    ...say('digest.county-table', { lines, count, on }),
    options: [commandOption('overdue', null, say('menu.overdue'))],
  };
}
