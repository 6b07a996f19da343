import type { SetSchoolBreaks } from '../domain/education/education-commands.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, update } from './batch.ts';

/** 校历: breaks of a city or a county are entered; what stood there before stays, and names what took its place. */
export function setSchoolBreaks(
  { breaks, replaced }: SetSchoolBreaks,
  acting: Acting,
  areaCode: string | null,
): Decision {
  const { personId } = acting;
  // The days hold for the area of whoever enters them, whatever the conversation says.
  const own = breaks.filter((row) => row.areaCode === areaCode);
  if (personId === null || own.length === 0) return decided([]);
  const at = acting.at.toISOString();
  return decided([
    ...own.map((row) => insert('SchoolBreak', { ...row, supersededById: null, authorId: personId, at })),
    ...replaced.map(({ id, byId }) => update('SchoolBreak', id, { supersededById: byId })),
    ...own.map(({ id, source: _words, ...row }) => audit(acting, 'set-school-break', id, row)),
  ]);
}
