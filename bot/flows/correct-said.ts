import { CHILD_ITSELF } from '../../server/domain/attempt.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import { begin, filled, type CommandRun } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';
import { readDate } from '../understanding/dates.ts';
import { SAYS_MISTAKE } from './correct-whole.ts';
import { correct, correctable } from './correct.ts';
import { withLinesHeard, withTarget } from './correct-lines.ts';
import { certainChild } from './record-slots.ts';
import { settled } from './record-words.ts';

const MISTAKEN = /(?:记|写|报|填|登|弄|搞|点|选|说)(?:错|反)了?|记串|搞混/u;
/** A record that is there already: 那次, 刚才那条. */
const THAT_ONE = /那[次趟条个]|刚才(?:那|说|记|写|的)|记录/u;
const TAKEN_BACK = /删(?:掉|了|除)?|撤(?:回|掉|销)|不算|作废|没有?去|没去成|说错/u;
const OTHERWISE = /不是[^,，。;；]{1,8}(?:[,，]|是)|没有?见到|其实/u;
const DENIED = /不是(?:在)?([^,，。;；是]{1,8})/u;

/** "小明那次记错了，不是28号，是11月2号": something on record of this child is wrong. */
export function tellsMistake(heard: Heard): boolean {
  const { text } = heard;
  if (childSpokenOf(heard) === undefined) return false;
  if (heard.intent === null && MISTAKEN.test(text)) return true;
  return THAT_ONE.test(text) && (MISTAKEN.test(text) || TAKEN_BACK.test(text) || OTHERWISE.test(text));
}

/** The one child these words are about; of a visit that was not made every name is uncertain, and the card shows it. */
export function childSpokenOf(heard: Heard): string | undefined {
  const certain = certainChild(heard);
  if (certain !== undefined) return certain;
  const ids = new Set(
    [...heard.mentions, ...(heard.told ?? [])].flatMap((m) => m.candidates.map((c) => c.childId)),
  );
  const [only] = ids;
  return ids.size === 1 ? only : undefined;
}

/** Whether something on record of several children is wrong, and what is right is said of each. */
export function tellsSeveral(heard: Heard): boolean {
  return MISTAKEN.test(heard.text) && saidOfEach(heard).length > 1;
}

function saidOfEach({ parts }: Heard): Heard['parts'] {
  return parts.filter((part) => part.seen !== null || part.met.length > 0);
}

/** "刚才写反了，见到的是思雨，没见到的是思宇": each record that is meant, one after the other. Null where it is about one child, or none. */
export function severalCorrected(heard: Heard, view: View): CommandRun | null {
  const mistake = MISTAKEN.exec(heard.text)?.[0];
  if (mistake === undefined || !tellsSeveral(heard)) return null;
  const told = saidOfEach(heard);
  const frames = told.flatMap((part) => {
    const found = correctable(view).filter(({ childId }) => childId === part.childId);
    const day = found
      .map(({ takenOn }) => takenOn)
      .sort()
      .at(-1);
    const [target, ...more] = found.filter(({ takenOn }) => takenOn === day);
    const about = begin(correct, { child: part.childId, reason: mistake });
    if (target === undefined) return [];
    if (more.length > 0) return [about];
    const alone = {
      ...heard,
      seen: part.seen,
      met: part.met.filter((who) => who !== CHILD_ITSELF),
      mode: null,
    };
    const lines = withLinesHeard(alone, withTarget(filled(about, 'record', target.id), target), view);
    return [settled(lines)];
  });
  return frames.length < 2
    ? null
    : {
        replies: [],
        commands: [],
        then: frames.reverse(),
        because: say('trip.one-by-one', { count: frames.length }),
      };
}

/** 更正 in the director's own words: the record that is meant where there is one, and what is to be put right in it. */
export function correctionSaid(heard: Heard, view: View): CommandRun | null {
  const child = childSpokenOf(heard);
  const found = correctable(view).filter((record) => record.childId === child);
  if (!tellsMistake(heard) || child === undefined) return null;
  if (found.length === 0) return { replies: [say('correct.nothing-of-child')], commands: [] };
  const reason = (MISTAKEN.exec(heard.text) ?? TAKEN_BACK.exec(heard.text))?.[0] ?? '记错了';
  const denied = deniedDay(heard.text, view.today);
  const onDay = found.filter((record) => record.takenOn === denied);
  const [only, ...more] = onDay.length > 0 ? onDay : found;
  const about = begin(correct, { child, reason });
  if (only === undefined || more.length > 0) {
    const which = isWhole(heard.text) ? filled(about, 'mistake', true) : about;
    return { replies: [], commands: [], then: [which] };
  }
  const chosen = withTarget(filled(about, 'record', only.id), only);
  const frame = isWhole(heard.text)
    ? filled(chosen, 'mistake', true)
    : settled(withLinesHeard(heard, chosen, view));
  return { replies: [], commands: [], then: [frame] };
}

/** There was no such visit, or the whole of it is to go. */
function isWhole(text: string): boolean {
  return SAYS_MISTAKE.test(text) || (THAT_ONE.test(text) && TAKEN_BACK.test(text));
}

/** 28号 in "不是28号". */
function deniedDay(text: string, today: LocalDate): LocalDate | null {
  const words = DENIED.exec(text)?.[1];
  return words === undefined ? null : readDate(words, today).on;
}
