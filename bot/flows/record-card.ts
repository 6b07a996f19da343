import { partsOf, type LocalDate } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { noteNow } from './note-now.ts';
import { noteOfFrame } from './record-note.ts';
import { metList, slotsOf } from './record-slots.ts';
import { sentLines } from './sent.ts';
import { shownWords } from './shown-words.ts';

/** What a record says, line by line, as its card shows it. */
export function cardLines(frame: Frame, view: View): Say[] {
  const { child, on, mode, met, seen } = slotsOf(frame, view);
  const note = noteOfFrame(frame, view, noteNow);
  const lines: Say[] = [say('record.card-child', { child: child?.name ?? '' })];
  if (on !== null) lines.push(dayLine(on, view));
  if (mode !== null) lines.push(say('record.card-mode', { mode: say(`mode.${mode}`) }));
  if (met !== null && met.length > 0) lines.push(say('record.card-met', { met: metList(met) }));
  if (seen !== null)
    lines.push(say('record.card-seen', { seen: say(seen ? 'record.seen' : 'record.not-seen') }));
  if (note !== null) lines.push(say('record.card-note', { note: shownWords(note) }));
  return [...lines, ...sentLines(frame)];
}

/** The day with its weekday, and with its year where that is not this one. */
function dayLine(on: LocalDate, view: View): Say {
  const isThisYear = partsOf(on).year === partsOf(view.today).year;
  return say(isThisYear ? 'record.card-day' : 'record.card-day-year', { on });
}
