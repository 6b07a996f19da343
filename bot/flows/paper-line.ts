import { CHILD_ITSELF } from '../../server/domain/attempt.ts';
import { z } from 'zod';
import { ENCOUNTER_MODES } from '../../server/domain/cadence/child-facts.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import type { PrintedForm } from '../../server/domain/paper/sheet.ts';
import type { Mode } from '../dialog/event.ts';
import { childOf, type View } from '../dialog/view.ts';
import type { PaperLine } from '../understanding/paper-lines.ts';
import { understand } from '../understanding/understand.ts';
import { NOTE_LIMIT } from './record-slots.ts';

/** One line of the form as far as it is known: a record in the making. */
export const lineSchema = z.object({
  number: z.number().int(),
  child: z.string(),
  mode: z.enum(ENCOUNTER_MODES),
  met: z.array(z.string()),
  /** Null where it was not written; on the phone nobody is seen. */
  seen: z.boolean().nullable(),
  note: z.string().nullable(),
  outcome: z.enum(['none', 'worried', 'unsure']).nullable(),
  /** A phrase that may speak of danger: the last question quotes it, whatever was ticked. */
  signal: z.string().nullable(),
  /** A report was opened about this very line: its worry is answered. */
  reported: z.boolean().default(false),
  /** The day and mode of the earlier record that this line was said to be another of. */
  another: z.string().nullable().default(null),
});
export type Line = z.infer<typeof lineSchema>;

/** So many phrases of danger of one line are quoted back: 喝酒 is less than what came of it. */
const QUOTED = 3;
const SEEN = /(?<![没未])(?:见|看)(?:到|着|过|了)/u;
const NOT_SEEN = /[没未]有?(?:见|看)(?:到|着)?|不在家?|没人/u;
const OUTCOMES: readonly (readonly [NonNullable<Line['outcome']>, RegExp])[] = [
  ['none', /(?:未|没有?)发现异常|没有?异常|无异常|正常/u],
  ['worried', /(?<!不|没|没有)(?:有点?)?担心/u],
  ['unsure', /不确定|说不准|拿不准/u],
];
/** Words that only tick a box, or say who was there: they stand elsewhere in the record. */
const TICKS =
  /^(?:(?:奶奶|爷爷|外婆|外公|爸爸?|妈妈?|老师)(?:也|都)?在家?|见到了?|没见到|看到了?|没看到|见到孩子了?|没见到孩子|(?:未|没有?)发现异常|没有?异常|无异常|正常|有点?担心|不确定|说不准|拿不准|入户|到校|电话|视频)$/u;

/** The lines of a message on the children of the form; numbers without a child of this caseload are left out. */
export function linesOn(
  form: PrintedForm,
  typed: readonly PaperLine[],
  view: View,
  today: LocalDate,
): readonly Line[] {
  return typed.flatMap(({ number, words }) => {
    const child = childOf(view, form.childIds[number - 1]);
    return child ? [lineOf(number, child.id, words, today)] : [];
  });
}

/** What one line says; what it leaves open is asked. */
function lineOf(number: number, child: string, words: string, today: LocalDate): Line {
  const parts = words.split(/[\s,，;；。]+/u).filter((part) => part !== '');
  const heard = understand(parts.join(','), { today, caseload: [] });
  const mode: Mode = heard.mode ?? 'home';
  const signal =
    heard.signals.length === 0
      ? null
      : heard.signals
          .slice(0, QUOTED)
          .map((s) => s.quote)
          .join('、');
  const outcome = OUTCOMES.find(([, said]) => said.test(words))?.[0] ?? null;
  const seen = seenIn(words, mode);
  const note = parts.filter((part) => !TICKS.test(part)).join('，');
  // Nobody can say that all is well who saw nobody, and a phrase of danger is asked about whatever was ticked.
  const isDoubtful = outcome === 'none' && (signal !== null || (mode !== 'phone' && seen === false));
  return {
    number,
    child,
    mode,
    met: [...new Set([...heard.met, ...(seen === true ? [CHILD_ITSELF] : [])])],
    seen,
    note: note === '' ? null : note.slice(0, NOTE_LIMIT),
    outcome: isDoubtful ? null : outcome,
    signal,
    reported: false,
    another: null,
  };
}

function seenIn(words: string, mode: Mode): boolean | null {
  if (mode === 'phone') return null;
  if (NOT_SEEN.test(words)) return false;
  return SEEN.test(words) ? true : null;
}
