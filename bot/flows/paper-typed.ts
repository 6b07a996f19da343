import { z } from 'zod';
import { parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';
import { lineSchema, type Line } from './paper-line.ts';
import { earlierRecord } from './told-twice.ts';

const formSchema = z.object({ tripOn: z.string(), childIds: z.array(z.string()) });

/** The lines of a frame, as far as they are known. */
export function linesOf(frame: Frame): readonly Line[] {
  const lines = z.array(lineSchema).safeParse(frame.slots.lines);
  return lines.success ? lines.data : [];
}

/** The form whose numbers were typed; null where the frame knows none. */
export function formOf(frame: Frame): z.infer<typeof formSchema> | null {
  const form = formSchema.safeParse(frame.slots.form);
  return form.success ? form.data : null;
}

/** The day the trip was made; null while nobody said. */
export function dayOf(frame: Frame): LocalDate | null {
  const { on } = frame.slots;
  return typeof on === 'string' ? parseLocalDate(on) : null;
}

/** The day the form was printed for. */
export function formDay(frame: Frame): LocalDate {
  const form = formOf(frame);
  const on = form === null ? null : parseLocalDate(form.tripOn);
  return on ?? ('9999-12-31' as LocalDate);
}

/** The first line that leaves something open. */
export function openLine(frame: Frame): Line | undefined {
  return linesOf(frame).find((line) => isSeenOpen(line) || line.outcome === null);
}

/** On the phone nobody is seen; elsewhere it is asked. */
export function isSeenOpen({ mode, seen }: Line): boolean {
  return mode !== 'phone' && seen === null;
}

/** Nobody can say that all is well who saw nobody. */
export function mayBeCalm({ mode, seen }: Line): boolean {
  return mode === 'phone' || seen === true;
}

/** A line whose child has a record of this day and mode already, while nobody said that it is another one. */
export interface Repeated {
  readonly line: Line;
  readonly child: CaseChild;
  readonly on: LocalDate;
}

/** The lines that seem to be on record already. */
export function repeatedLines(frame: Frame, view: View): readonly Repeated[] {
  const on = dayOf(frame);
  if (on === null) return [];
  return linesOf(frame).flatMap((line) => {
    const child = childOf(view, line.child);
    const isThere = child !== undefined && earlierRecord(child, on, line.mode) !== undefined;
    return isThere && line.another !== tellingOf(line, on) ? [{ line, child, on }] : [];
  });
}

/** What was asked about, as the answer remembers it: another day or mode is another question. */
export function tellingOf({ mode }: Line, on: LocalDate): string {
  return `${on} ${mode}`;
}

/** The numbers of the lines that were stored before the others. */
export function storedBefore({ slots }: Frame): readonly number[] {
  return Array.isArray(slots.stored) ? slots.stored.filter((one) => typeof one === 'number') : [];
}
