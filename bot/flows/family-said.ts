import { say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { CommandInput, CommandRun } from '../dialog/flow.ts';
import { isFamily, type View } from '../dialog/view.ts';
import {
  familyQuestionIn,
  mobileIn,
  movingIn,
  tellsNewPhone,
  wantsNoMore,
} from '../understanding/family-words.ts';
import { pleadsForHelp } from '../understanding/plea.ts';
import { pleaded } from './ask-whom.ts';
import { childWrote } from './child-writes.ts';
import { directorsOf, homeBound } from './family-home.ts';
import { beginLeaves } from './family-leaves.ts';
import { beginPhone } from './family-phone.ts';
import { tellsFeedback } from './feedback.ts';
import { unsubscribeWord } from './tips.ts';
import { visitReplied } from './visit-family.ts';
import { asksAbove, asksDirector, callDirectorOption, whoIsIt } from './my-director.ts';

/** Longer words tell more than a number. */
const NUMBER_WORDS_LIMIT = 25;

/** What the words of a family start; undefined for words that are none of these. */
export function familySaid(input: CommandInput & { readonly heard: Heard }): CommandRun | undefined {
  const { heard, view } = input;
  if (!isFamily(view)) return undefined;
  const wrote = childWrote(input);
  if (wrote) return wrote;
  if (tellsFeedback(heard.text)) return undefined;
  const moving = movingIn(heard.text, view.today);
  if (moving !== null && homeBound(view) !== null)
    return { replies: [], commands: [], then: [beginLeaves(heard.text, moving)] };
  // Words that may speak of danger are asked about before anything is answered.
  if (heard.signals.length > 0) return undefined;
  const pleading = pleads(input);
  if (pleading) return pleading;
  const replied = visitReplied(heard.text, view);
  if (replied !== undefined) return replied;
  if (moving !== null) return whoIsIt(view);
  if (tellsNewPhone(heard.text) || isNumberAgain(heard.text, view))
    return homeBound(view) === null
      ? whoIsIt(view)
      : { replies: [], commands: [], then: [beginPhone(heard.text)] };
  return answered(input);
}

/** 不对，是139…: a number beside the one that still waits to be changed is the right one. */
function isNumberAgain(text: string, { ownRequests = [] }: View): boolean {
  return (
    text.trim().length <= NUMBER_WORDS_LIMIT &&
    mobileIn(text) !== null &&
    ownRequests.some(({ kind }) => kind === 'phone')
  );
}

/** 帮帮我, at any time: as if 求助 was said, and the words stay. */
export function pleads(input: CommandInput): CommandRun | undefined {
  const { heard, view } = input;
  if (heard === null || heard.signals.length > 0 || !isFamily(view)) return undefined;
  return pleadsForHelp(heard.text) ? pleaded(input, heard.text) : undefined;
}

function answered({
  heard,
  view,
  context,
  session,
}: CommandInput & { readonly heard: Heard }): CommandRun | undefined {
  const text = heard.text.trim();
  if (wantsNoMore(text)) return unsubscribeWord.run({ target: null, heard, view, context, session });
  switch (familyQuestionIn(text)) {
    case 'who':
      return whoIsIt(view);
    case 'call-director':
      return asksDirector(view, context, session, text);
    case 'call-above':
      return asksAbove(view, context, session, text);
    case 'how-is-child':
      return askHer('family-home.she-knows', view);
    case 'when-visited':
      return askHer('family-home.ask-her', view);
    case 'advice':
      return askHer('family-home.ask-her', view);
    case 'who-are-you':
      return { replies: [say('family-home.who-we-are')], commands: [] };
    case 'thanks':
      return { replies: [say('free-words.courtesy')], commands: [] };
    case null:
      return undefined;
  }
}

/** Nothing of what is on record is ever told here: whoever knows the child is named. */
function askHer(key: string, view: View): CommandRun {
  const home = homeBound(view);
  if (home === null) return whoIsIt(view);
  const lines = directorsOf(home);
  if (lines.length === 0) return whoIsIt(view);
  return { replies: [{ ...say(key, { lines }), options: [callDirectorOption()] }], commands: [] };
}
