import type { LocalDate } from './local-date.ts';

/** 请假: a director away between two days, both included, and who stands in. */
export interface Leave {
  readonly id: string;
  readonly workerId: string;
  /** Null: nobody stands in, and whoever supervises hears of what becomes due. */
  readonly substituteId: string | null;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
}

/** No leave: the person has left for good, and answers for nobody from that day on. */
export interface LeftForGood extends Leave {
  readonly hasLeft: true;
}

export function hasLeft(leave: Leave | LeftForGood): leave is LeftForGood {
  return 'hasLeft' in leave;
}

interface Answering {
  readonly workerId: string;
}

/**
 * Who answers on a day with these leaves in force: the substitute in place of the one who is away, nobody where there is
 * none. A substitute who is away as well is stood in for in turn. Every reader of assignments asks here, so that planner,
 * lists and views agree and one duty never reminds two people.
 */
export function standingIn<T extends Answering>(
  assignments: readonly T[],
  leaves: readonly Leave[],
): readonly T[] {
  if (leaves.length === 0) return assignments;
  const answering = answeringFor(leaves);
  return assignments.flatMap((assignment) => {
    const workerId = answering(assignment.workerId);
    return workerId === null
      ? []
      : [workerId === assignment.workerId ? assignment : { ...assignment, workerId }];
  });
}

/** Whoever is away and stood in for by one of these people, these people included. */
export function stoodInFor(workerIds: readonly string[], leaves: readonly Leave[]): readonly string[] {
  const answering = answeringFor(leaves);
  const away = leaves.map((leave) => leave.workerId);
  return [...new Set([...workerIds, ...away.filter((id) => workerIds.includes(answering(id) ?? ''))])];
}

/** The person who answers for somebody: themselves, a substitute, or nobody. */
function answeringFor(leaves: readonly Leave[]): (workerId: string) => string | null {
  // A substitute who was named before somebody left goes on to the last day of that leave.
  const inOrder = [...leaves.filter(hasLeft), ...leaves.filter((leave) => !hasLeft(leave))];
  const leaveOf = new Map(inOrder.map((leave) => [leave.workerId, leave]));
  return (workerId) => {
    const asked = new Set<string>();
    for (let who: string | null = workerId; ;) {
      const leave: Leave | undefined = who === null ? undefined : leaveOf.get(who);
      if (!leave) return who;
      if (asked.has(leave.workerId)) return null; // two who stand in for each other
      asked.add(leave.workerId);
      who = leave.substituteId;
    }
  };
}
