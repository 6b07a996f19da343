import type { Absence, ChildFacts, Encounter } from '../domain/cadence/child-facts.ts';
import { countsAsVisit } from '../domain/cadence/counting.ts';
import { absencesOf, obstacleInTheWay } from '../domain/cadence/told-away.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { AbsenceRow, ObstacleRow } from '../store/generated/tables.ts';
import type { Acting } from './acting.ts';
import { update, type Write } from './batch.ts';
import { cadenceColumns } from './cadence-record.ts';
import type { ChildHistory } from './loaded.ts';

/** Everything told of a child from which its facts are computed. */
interface Told {
  readonly encounters: readonly Encounter[];
  readonly absences: readonly AbsenceRow[];
  readonly obstacles: readonly ObstacleRow[];
}

/** A child's history made of its rows: whoever reads it from the store and whoever changes it compute the same. */
export function historyFrom(
  { childId, rev, facts }: Pick<ChildHistory, 'childId' | 'rev' | 'facts'>,
  { encounters, absences, obstacles }: Told,
): ChildHistory {
  const obstacle = obstacleInTheWay(obstacles, encounters, (one) => countsAsVisit(facts, one));
  const whole = factsWith({ ...facts, encounters }, absences, obstacle);
  return { childId, rev, facts: whole, absences, obstacles, obstacle };
}

/** The child's columns and what its obstacles have become, after something was told, corrected or taken back. */
export function childWrites(history: ChildHistory, change: Partial<Told>, acting: Acting): readonly Write[] {
  const { facts, absences, obstacles } = history;
  const after = historyFrom(history, { encounters: facts.encounters, absences, obstacles, ...change });
  const columns = cadenceColumns(after.facts, acting.today);
  return [
    update('Child', history.childId, { ...columns, rev: history.rev + 1 }),
    ...obstacles.flatMap((row) => obstacleState(row, after.obstacle)),
  ];
}

/** The row as it was told and not as it is in the way: what becomes of it is written where it changed. */
function obstacleState({ id, state, rev }: ObstacleRow, inTheWay: ObstacleRow | null): readonly Write[] {
  const wanted = inTheWay?.id === id ? 'open' : 'over';
  return state === wanted ? [] : [update('Obstacle', id, { state: wanted, rev: rev + 1 })];
}

/** Whether a word about a child's absence holds: nothing has corrected it, taken it back or refused it. */
export function isInForce({ state, supersededById }: AbsenceRow): boolean {
  return (state === 'asked' || state === 'agreed') && supersededById === null;
}

/**
 * The facts with the absences and the obstacle as the rows tell them: agreed absences defer, asked ones only wait.
 * Absences without a row of their own (an import) stay as they are.
 */
function factsWith(facts: ChildFacts, rows: readonly AbsenceRow[], obstacle: ObstacleRow | null): ChildFacts {
  const holding = rows.filter(isInForce);
  const returns = holding
    .filter(({ kind }) => kind === 'return')
    .map(({ id, fromOn }) => ({ id, on: fromOn as LocalDate }));
  const ofState = (state: AbsenceRow['state']) =>
    absencesOf(holding.filter((row) => row.kind === 'away' && row.state === state).map(told), returns);
  const { pending: _before, ...rest } = facts;
  const asked = ofState('asked');
  const waits = asked.length > 0 || obstacle !== null;
  return {
    ...rest,
    absences: [...facts.absences.filter((absence) => isImported(absence, rows)), ...ofState('agreed')],
    ...(waits ? { pending: { asked, obstacle: obstacle === null ? null : known(obstacle) } } : {}),
  };
}

/** Earlier versions kept an absence without the id of its row. */
function isImported({ id, from }: Absence, rows: readonly AbsenceRow[]): boolean {
  return id === undefined && !rows.some((row) => row.fromOn === from);
}

function told({ id, authorId, fromOn, untilOn }: AbsenceRow) {
  return {
    id,
    authorId: authorId ?? '',
    from: fromOn as LocalDate,
    until: untilOn as LocalDate | null,
  };
}

function known({ id, authorId, kind, tryOn, goes }: ObstacleRow) {
  return { id, authorId, kind, tryOn: tryOn as LocalDate | null, goes };
}
