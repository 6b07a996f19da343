import { commandOption, plain, say, type Option } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { CommandRun } from '../dialog/flow.ts';
import { childOf, type View } from '../dialog/view.ts';
import { futureDay } from '../understanding/future-day.ts';
import {
  tellsDone,
  tellsPromiseKept,
  tellsPromiseNotKept,
  tellsStillNotDone,
} from '../understanding/promise.ts';
import type { FollowUp } from '../../server/domain/follow-up.ts';
import { followUpLine, followUpOption } from '../../server/domain/follow-up-line.ts';
import { ownedBy } from './follow-up.ts';

/** So many promises can be chosen from (our default). */
const OFFERED = 6;

/**
 * "上次答应的书包送去了", "还没送去": what the promise that waits has come to. Which one is asked where several may be meant. Null where
 * the words tell of a visit as well: its record asks about the promise itself.
 */
export function promiseSaid(heard: Heard, view: View): CommandRun | null {
  const isOfVisit = heard.intent !== null || heard.seen !== null || heard.met.length > 0;
  if (isOfVisit || heard.signals.length > 0) return null;
  const waiting = waitingOf(heard, view);
  const alike = waiting.filter(({ text }) => isOfThis(text, heard.text));
  const isNotKept = tellsPromiseNotKept(heard.text);
  if (isNotKept || tellsPromiseKept(heard.text)) {
    const meant = alike.length > 0 ? alike : OF_ANY.test(heard.text) ? waiting : [];
    if (meant.length > 0) return isNotKept ? notYet(meant, heard, view) : kept(meant, view);
    if (waiting.length > 0) return otherwise(waiting, view);
    return isNotKept ? { replies: [say('follow-up.no-promise')], commands: [] } : null;
  }
  if (tellsDone(heard.text))
    return kept(
      waiting.filter(({ dueOn }) => dueOn <= view.today),
      view,
    );
  return alike.length > 0 && tellsStillNotDone(heard.text) ? notYet(alike, heard, view) : null;
}

/** The promises of this person that wait, of the children these words name. */
function waitingOf({ mentions }: Heard, view: View): readonly FollowUp[] {
  const named = new Set(mentions.flatMap((m) => m.candidates.map((c) => c.childId)));
  return ownedBy(view).filter(
    ({ kind, childId }) => kind === 'promise' && (named.size === 0 || named.has(childId)),
  );
}

function kept(meant: readonly FollowUp[], view: View): CommandRun | null {
  const [only, ...more] = meant;
  if (only === undefined) return null;
  if (more.length > 0) return whichOf(meant, view);
  const child = childOf(view, only.childId)?.name ?? '';
  return {
    replies: [say('follow-up.kept-as-said', { child })],
    commands: [
      { type: 'close-follow-up', followUpId: only.id, rev: only.rev, state: 'done', contactId: null },
    ],
  };
}

/** Until when the promise stands, with another day for it; a day said with it is taken. */
function notYet(meant: readonly FollowUp[], heard: Heard, view: View): CommandRun | null {
  const [only, ...more] = meant;
  if (only === undefined) return null;
  if (more.length > 0) return whichOf(meant, view);
  const on = futureDay(heard.text, view.today)?.on ?? null;
  if (on !== null)
    return {
      replies: [say('follow-up.moved', { on })],
      commands: [{ type: 'move-follow-up', followUpId: only.id, rev: only.rev, dueOn: on }],
    };
  const line = followUpLine(only, childOf(view, only.childId)?.name ?? '', view.today);
  const options = [commandOption('look-day', only.id, say('promise.change'))];
  return { replies: [{ ...say('follow-up.still-promised', { line }), options }], commands: [] };
}

/** Another thing was promised than what is spoken of: nothing is closed or moved by a guess. */
function otherwise(waiting: readonly FollowUp[], view: View): CommandRun {
  const shown = waiting.slice(0, OFFERED);
  const lines = shown.map((f) => followUpLine(f, childOf(view, f.childId)?.name ?? '', view.today));
  const options = optionsOf(shown, view);
  return { replies: [{ ...say('follow-up.not-that-promise', { lines }), options }], commands: [] };
}

function optionsOf(shown: readonly FollowUp[], view: View): readonly Option[] {
  return shown.flatMap((f) => {
    const of = childOf(view, f.childId);
    return of ? [followUpOption(f, of)] : [];
  });
}

function whichOf(meant: readonly FollowUp[], view: View): CommandRun {
  const options = optionsOf(meant.slice(0, OFFERED), view);
  const children = [...new Set(meant.map((f) => childOf(view, f.childId)?.name ?? ''))].map(plain);
  return { replies: [{ ...say('follow-up.which-kept', { children }), options }], commands: [] };
}

/** 答应的事, 答应的那件事: no thing is named. */
const OF_ANY = /(?:答应|说好|承诺|约好|讲好)(?:过|好)?[^,，。;；]{0,6}?的?(?:那|这)?件?事/u;
/** What stands in every promise says nothing of the thing. */
const DEED = /[送带给买拿办做交寄修补来去过到了的他她]|奶奶|爷爷|孩子|一下|一[个点些]/gu;

/** 书包 stands in both; of a promise that no list shows it is not known. */
function isOfThis(promised: string | null, words: string): boolean {
  if (promised === null) return true;
  const thing = Array.from(promised.replace(DEED, ''));
  const size = Math.min(2, thing.length);
  const pieces = thing
    .map((_one, at) => thing.slice(at, at + size).join(''))
    .filter((p) => p.length === size);
  return size > 0 && pieces.some((piece) => words.includes(piece));
}
