import type { AreaRow } from './check-area.ts';
import type { StaffRow } from './check-staff.ts';
import type { AreaLevel, StaffRole } from './choices.ts';
import type { ProblemCode, RosterProblem } from './problems.ts';

const NEEDED: readonly { level: AreaLevel; role: StaffRole; code: ProblemCode }[] = [
  { level: 'county', role: 'county-desk', code: 'county-without-desk' },
  { level: 'township', role: 'supervisor', code: 'township-without-supervisor' },
  { level: 'village', role: 'director', code: 'village-without-director' },
];

/**
 * Areas where nobody would be reached: a village without a director, a township without a supervisor, a county
 * without a desk (every village needs at least one director: 福建省三年行动方案).
 * @param staffLabel the file in which the person is to be added
 */
export function findGaps(
  areas: readonly Pick<AreaRow, 'code' | 'level'>[],
  staff: readonly Pick<StaffRow, 'role' | 'areaCodes'>[],
  staffLabel: string,
): RosterProblem[] {
  const served = new Set(staff.flatMap(({ role, areaCodes }) => areaCodes.map((code) => `${role} ${code}`)));
  return NEEDED.flatMap(({ level, role, code }) =>
    areas
      .filter((area) => area.level === level && !served.has(`${role} ${area.code}`))
      .map((area) => ({ file: staffLabel, row: null, id: area.code, column: '', code, detail: area.code })),
  );
}
