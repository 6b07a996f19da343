import type { ChildFacts } from '../domain/cadence/child-facts.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { AbsenceRow, ObstacleRow } from '../store/generated/tables.ts';
import { update, type Write } from './batch.ts';
import type { ChildHistory } from './loaded.ts';

/**
 * The facts with the absences and the obstacle as the rows tell them: agreed absences defer, asked ones only wait.
 * Absences without a row of their own (an import) stay as they are.
 */
export function factsWith(
  facts: ChildFacts,
  absences: readonly AbsenceRow[],
  obstacle: ObstacleRow | null,
): ChildFacts {
  const ofState = (state: AbsenceRow['state']) =>
    absences
      .filter((row) => row.state === state)
      .map((row) => ({
        id: row.id,
        authorId: row.authorId ?? '',
        from: row.fromOn as LocalDate,
        until: row.untilOn as LocalDate | null,
      }))
      .sort((a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1));
  const imported = facts.absences.filter(({ id }) => id === undefined);
  const { pending: _before, ...rest } = facts;
  const asked = ofState('asked');
  const waits = asked.length > 0 || obstacle !== null;
  return {
    ...rest,
    absences: [...(absences.length > 0 ? [] : imported), ...ofState('agreed')],
    ...(waits ? { pending: { asked, obstacle: obstacle === null ? null : known(obstacle) } } : {}),
  };
}

function known({ id, authorId, kind, tryOn, goes }: ObstacleRow) {
  return { id, authorId, kind, tryOn: tryOn as LocalDate | null, goes };
}

/** A visit or a newer obstacle ends the one before. */
export function obstacleOver({ obstacle }: ChildHistory): readonly Write[] {
  return obstacle === null ? [] : [update('Obstacle', obstacle.id, { state: 'over', rev: obstacle.rev + 1 })];
}
