import { plain, say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { CommandRun } from '../dialog/flow.ts';
import { childOf, type View } from '../dialog/view.ts';
import { tellsPromiseKept } from '../understanding/promise.ts';
import { followUpOption } from '../../server/domain/follow-up-line.ts';
import { ownedBy } from './follow-up.ts';

/** So many promises can be chosen from (our default). */
const OFFERED = 6;

/**
 * "上次答应的书包送去了": the promise that waits is done. Which one is asked where several may be meant. Null where the words
 * tell of a visit as well: its record asks about the promise itself.
 */
export function promiseKept(heard: Heard, view: View): CommandRun | null {
  const isOfVisit = heard.intent !== null || heard.seen !== null || heard.met.length > 0;
  if (isOfVisit || heard.signals.length > 0 || !tellsPromiseKept(heard.text)) return null;
  const named = new Set(heard.mentions.flatMap((m) => m.candidates.map((c) => c.childId)));
  const waiting = ownedBy(view).filter(
    ({ kind, childId }) => kind === 'promise' && (named.size === 0 || named.has(childId)),
  );
  const alike = waiting.filter(({ text }) => sharesWords(text ?? '', heard.text));
  const [only, ...more] = alike.length > 0 ? alike : waiting;
  if (only === undefined) return null;
  const child = childOf(view, only.childId)?.name ?? '';
  if (more.length === 0)
    return {
      replies: [say('follow-up.kept-as-said', { child })],
      commands: [
        { type: 'close-follow-up', followUpId: only.id, rev: only.rev, state: 'done', contactId: null },
      ],
    };
  const options = [only, ...more].slice(0, OFFERED).flatMap((f) => {
    const of = childOf(view, f.childId);
    return of ? [followUpOption(f, of)] : [];
  });
  const children = [...new Set([only, ...more].map((f) => childOf(view, f.childId)?.name ?? ''))].map(plain);
  return { replies: [{ ...say('follow-up.which-kept', { children }), options }], commands: [] };
}

/** 书包 stands in both. */
function sharesWords(promised: string, words: string): boolean {
  const pairs = Array.from(promised, (_one, at) => promised.slice(at, at + 2)).filter(
    (two) => two.length === 2,
  );
  return pairs.some((two) => words.includes(two));
}
