import type { DialogEvent } from '../dialog/event.ts';
import type { Session } from '../dialog/session.ts';
import type { Looking, View } from '../dialog/view.ts';
import { numberIn } from '../dialog/words.ts';
import { visitReplyIn } from '../understanding/visit-reply.ts';
import { todoWord } from './todo-list.ts';
import { visitAcceptWord, visitCancelWord, visitKeepWord } from './visit-answers.ts';
import { visitHomeWord, visitWish, visitWishWord } from './visit-family.ts';
import { mayPlan, plannedIn, visitPlan, visitPlanWord } from './visit-plan.ts';

/** So many homes are looked at for one sentence. */
const HOMES_LIMIT = 8;
const OF_FAMILY = [...visitHomeWord.words, ...visitWishWord.words];
const OF_WORKER = [visitPlanWord, visitAcceptWord, visitKeepWord, visitCancelWord, todoWord].flatMap(
  ({ words }) => words,
);

/** Whether a turn talks of visits to come, and of which homes it has to be known whether they may be told. */
export function looksAtVisits(
  event: DialogEvent,
  option: string | undefined,
  session: Session,
  view: View,
): Looking['visits'] {
  const frames = session.frames.filter(({ flow }) => flow === visitPlan.id || flow === visitWish.id);
  const isFamily = view.role === 'guardian' || view.role === 'carer';
  const isOption = /^c:(visit-(home|wish|accept|keep|cancel|plan)|todo)(:|$)/u.test(option ?? '');
  const words = isFamily ? OF_FAMILY : OF_WORKER;
  const isWord =
    event.kind === 'text' && words.some((word) => event.text.trim().toLowerCase().startsWith(word));
  const isPlan = event.kind === 'text' && plannedIn(event.heard, view) !== null;
  // A bare number may press a button of a visit that was announced.
  const isNumber = isFamily && event.kind === 'text' && numberIn(event.text) !== null;
  const isReply = isFamily && event.kind === 'text' && visitReplyIn(event.text, view.today) !== null;
  if (frames.length === 0 && !isOption && !isWord && !isPlan && !isNumber && !isReply) return undefined;
  if (isFamily) return { homes: [], of: null };
  if (!mayPlan(view)) return undefined;
  const known = frames.flatMap(({ slots }) => (Array.isArray(slots.children) ? slots.children : []));
  const named = event.kind === 'text' ? event.heard.mentions.flatMap((m) => m.candidates) : [];
  const homes = [
    ...known.filter((id) => typeof id === 'string'),
    ...named.map(({ childId }) => childId),
    ...view.caseload.filter(({ id }) => option?.includes(id) === true).map(({ id }) => id),
  ];
  const of = isOption ? (/^c:visit-(?:accept|keep|cancel):(.+)$/u.exec(option ?? '')?.[1] ?? null) : null;
  const cancels =
    event.kind === 'text' && visitCancelWord.words.some((word) => event.text.trim().startsWith(word));
  return { homes: [...new Set(homes)].slice(0, HOMES_LIMIT), of: cancels ? 'all' : of };
}
