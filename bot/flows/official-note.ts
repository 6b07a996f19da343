import { partsOf, type LocalDate } from '../../server/domain/local-date.ts';
import { withoutOriginal } from '../../server/domain/original-words.ts';
import type { View } from '../dialog/view.ts';
import { dateWords } from '../understanding/date-words.ts';
import { normalise } from '../understanding/normalise.ts';
import { ADULT } from '../understanding/person-words.ts';
import { understand } from '../understanding/understand.ts';

const CLAUSE = /[^，,。；;！？!?\n]+[，,。；;！？!?\n]*/gu;
const STOPS = /[，,。；;！？!?\n]+$/u;
/** What the first line of the text says already: the way there, who was there, whether the child was seen. */
const SAID_ALREADY = new RegExp(
  `没?(?:见|看|碰|遇)(?:到|着)(?:了|孩子|本人|人)*|不在家|没在家?|没人|在家|家访|走访|入户|上门|到校|联系|打了?(?:过|个)?|通了?|电话|视频|微信|卫生院|医院|学校|路上|村口|家里?|孩子|本人|${ADULT}|[是在的去了过到看来给跟和与也都又再还先就今昨前天上下中午早晚我们接说她他她妈爸奶爷里找]`,
  'gu',
);
/** A name of another child where the clause is about this one as well. */
const SOMEBODY = '别的孩子';

/**
 * The words of a record for the national system: no clause that only repeats the first line, none about another child and no
 * other child's name, and no 今天 that is another day for whoever reads it. `filedOn`: the day the words were written.
 */
export function officialNote(note: string, child: string, filedOn: LocalDate, view: View): string {
  return (withoutOriginal(note).match(CLAUSE) ?? [])
    .flatMap((clause) => {
      const stop = STOPS.exec(clause)?.[0] ?? '';
      const words = ownWords(clause.slice(0, clause.length - stop.length), child, filedOn, view);
      return words === null ? [] : [words + stop];
    })
    .join('')
    .replace(STOPS, '');
}

function ownWords(clause: string, child: string, filedOn: LocalDate, view: View): string | null {
  const heard = understand(clause, { today: filedOn, caseload: view.caseload });
  const all = [...heard.mentions, ...heard.told];
  const others = all.filter(({ candidates }) => candidates.every(({ childId }) => childId !== child));
  const isTold = heard.told.some(({ candidates }) => candidates.every(({ childId }) => childId !== child));
  const [first] = others;
  if (isTold || (first !== undefined && clause.startsWith(first.quote))) return null;
  const bare = all.reduce((text, { quote }) => text.replaceAll(quote, ''), clause);
  if (!/[\u4e00-\u9fffA-Za-z0-9]/u.test(normalise(bare).replace(SAID_ALREADY, ''))) return null;
  return dated(
    others.reduce((text, { quote }) => text.replaceAll(quote, SOMEBODY), clause),
    filedOn,
  );
}

/** 今天, 昨天, 上周五: the date. */
function dated(words: string, filedOn: LocalDate): string {
  return dateWords(words, filedOn)
    .filter(({ start, end, means }) => /^\d{4}-/u.test(means) && !/\d/u.test(words.slice(start, end)))
    .reduceRight((text, { start, end, means }) => {
      const { month, day } = partsOf(means as LocalDate);
      return `${text.slice(0, start)}${String(month)}月${String(day)}日${text.slice(end)}`;
    }, words);
}
