import type { LocalDate } from '../../server/domain/local-date.ts';
import { say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import { begin, filled, type CommandRun } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';
import { readDate } from '../understanding/dates.ts';
import { correct, correctable, SAYS_MISTAKE } from './correct.ts';
import { withLinesHeard, withTarget } from './correct-lines.ts';
import { certainChild } from './record-slots.ts';
import { settled } from './record-words.ts';

const MISTAKEN = /(?:记|写|报|填|登|弄|搞)错了?/u;
const DENIED = /不是(?:在)?([^,，。;；是]{1,8})/u;

/** "小明那次记错了，不是28号，是11月2号": something on record of this child is wrong. */
export function tellsMistake(heard: Heard): boolean {
  return heard.intent === null && MISTAKEN.test(heard.text) && certainChild(heard) !== undefined;
}

/** 更正 in the director's own words: the record that is meant where there is one, and what is to be put right in it. */
export function correctionSaid(heard: Heard, view: View): CommandRun | null {
  const child = certainChild(heard);
  const found = correctable(view).filter((record) => record.childId === child);
  if (!tellsMistake(heard) || child === undefined) return null;
  if (found.length === 0) return { replies: [say('correct.nothing-of-child')], commands: [] };
  const reason = MISTAKEN.exec(heard.text)?.[0] ?? '';
  const denied = deniedDay(heard.text, view.today);
  const onDay = found.filter((record) => record.takenOn === denied);
  const [only, ...more] = onDay.length > 0 ? onDay : found;
  const about = begin(correct, { child, reason });
  if (only === undefined || more.length > 0) return { replies: [], commands: [], then: [about] };
  const chosen = withTarget(filled(about, 'record', only.id), only);
  const frame = SAYS_MISTAKE.test(heard.text)
    ? filled(chosen, 'mistake', true)
    : settled(withLinesHeard(heard, chosen, view));
  return { replies: [], commands: [], then: [frame] };
}

/** 28号 in "不是28号". */
function deniedDay(text: string, today: LocalDate): LocalDate | null {
  const words = DENIED.exec(text)?.[1];
  return words === undefined ? null : readDate(words, today).on;
}
