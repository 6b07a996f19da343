import { z } from 'zod';
import type { Encounter } from '../../server/domain/cadence/child-facts.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Mode } from '../dialog/event.ts';
import type { Slot } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { CaseChild, View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { slotsOf } from './record-slots.ts';

/** The answer "that is the record I mean": nothing is stored again. */
export const SAME_RECORD = 'same';

/** The record of this child, day and mode that is there already; whoever wrote it, in whatever words (our default). */
export function earlierRecord(child: CaseChild, on: LocalDate, mode: Mode): Encounter | undefined {
  return child.facts.encounters.find((e) => e.on === on && e.mode === mode);
}

/** What is asked about, as the answer remembers it: another day or mode is another question. */
export function tellingKey(frame: Frame, view: View): string | null {
  const { child, on, mode } = slotsOf(frame, view);
  if (!child || on === null || mode === null || !earlierRecord(child, on, mode)) return null;
  return `${child.id} ${on} ${mode}`;
}

/** 这条好像已经记过: the same child, day and mode a second time is asked about, never filed twice by itself. */
export const againSlot: Slot = {
  id: 'again',
  schema: z.string().max(120),
  ask: (frame, view) => {
    const { child, on, mode } = slotsOf(frame, view);
    if (!child || on === null || mode === null) return say('dialog.lost');
    return say('told-twice.ask', { line: earlierLine(child, on, mode) });
  },
  choices: (frame, view) => [
    { code: SAME_RECORD, value: SAME_RECORD, label: say('told-twice.same') },
    { code: 'other', value: tellingKey(frame, view), label: say('told-twice.other') },
  ],
  read: (heard, frame, view) => readAgain(heard.text, tellingKey(frame, view)),
};

/** "就是那条", "又去了一次": whether these words mean the record that is there, or one of its own (`other`). */
export function readAgain(text: string, other: string | null): string | undefined {
  const word = bareWord(text);
  if (/^(就?是?那(一)?(条|次)|是的?|对的?|记过了?|重复了?|同一(条|次)|same|yes)$/u.test(word))
    return SAME_RECORD;
  const isOther =
    /^(是?另(外)?一?(次|条)|不是|不是(那|同)一?(条|次)|又(去|打|联系)了?一?(次|趟)|another|no)$/u;
  return isOther.test(word) ? (other ?? undefined) : undefined;
}

/** The record that is there, in one line: the child, the day, how, and when it was written where that is known. */
export function earlierLine(child: CaseChild, on: LocalDate, mode: Mode): Say {
  const filedAt = earlierRecord(child, on, mode)?.filedAt;
  const said = { child: child.name, on, mode: say(`mode.${mode}`) };
  return filedAt === undefined
    ? say('told-twice.line', said)
    : say('told-twice.line-filed', { ...said, at: filedAt });
}
