import { commandOption, say, type Option } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord, Context } from '../dialog/flow.ts';
import { textOf, topFrame, withoutTop, type Session } from '../dialog/session.ts';
import { isFamily, type View } from '../dialog/view.ts';
import { asking, directorsOf, homeBound } from './family-home.ts';
import { ASK_WHOM, urgentOption } from './open-report.ts';

/** 儿童主任: who answers for the child, and the number. */
export const myDirectorWord: CommandWord = {
  id: 'my-director',
  words: [
    ...['儿童主任', '主任', '谁是儿童主任', '我的儿童主任是谁', '我家的儿童主任是谁', '儿童主任是谁'],
    ...['儿童主任电话', '儿童主任的电话', '主任电话', 'my director'],
  ],
  allowed: isFamily,
  run: (input) => (isAskingWhom(input.session) ? callDirectorWord.run(input) : whoIsIt(input.view)),
};

/** 找儿童主任: she calls. */
export const callDirectorWord: CommandWord = {
  id: 'call-director',
  words: ['找儿童主任', '找主任', '叫主任打给我', '请主任打电话', 'call my director'],
  allowed: isFamily,
  run: ({ view, context, session }) => asksDirector(view, context, session, null),
};

/** 找上级: the director is not told. */
export const callAboveWord: CommandWord = {
  id: 'call-above',
  words: ['找上级', '找领导', '找督导员', 'call above'],
  allowed: isFamily,
  run: ({ view, context, session }) => asksAbove(view, context, session, null),
};

/** The button under whatever a family is told that somebody may have to talk about. */
export function callDirectorOption(): Option {
  return commandOption('call-director', null, say('family-home.call-director'));
}

/** Who answers for the child: told to a family that is bound, and to nobody else. */
export function whoIsIt(view: View): CommandRun {
  const home = homeBound(view);
  if (home === null)
    return { replies: [{ ...say('family-home.who-unknown'), options: [urgentOption()] }], commands: [] };
  const lines = directorsOf(home);
  if (lines.length === 0)
    return { replies: [{ ...say('family-home.nobody-yet'), options: [callDirectorOption()] }], commands: [] };
  return {
    replies: [{ ...say('family-home.who', { lines }), options: [callDirectorOption()] }],
    commands: [],
  };
}

/** A person who answers for the child calls them; the words they said go with it. */
export function asksDirector(
  view: View,
  context: Context,
  session: Session,
  text: string | null,
): CommandRun {
  const home = homeBound(view);
  if (home === null) return whoIsIt(view);
  const lines = directorsOf(home, view);
  const reply = lines.length === 0 ? say('family-home.will-call') : say('family-home.she-calls', { lines });
  const afterHelp = isAskingWhom(session);
  return {
    session: withoutWhom(session),
    replies: [{ ...reply, options: [urgentOption()] }],
    commands: [asking('call-director', { text: text ?? pleaOf(session), afterHelp }, view, context)],
  };
}

/** The supervisor is asked, and the director is not. */
export function asksAbove(view: View, context: Context, session: Session, text: string | null): CommandRun {
  if (homeBound(view) === null) return whoIsIt(view);
  const afterHelp = isAskingWhom(session);
  return {
    session: withoutWhom(session),
    replies: [{ ...say('family-home.above-calls'), options: [urgentOption()] }],
    commands: [asking('call-above', { text: text ?? pleaOf(session), afterHelp }, view, context)],
  };
}

function isAskingWhom(session: Session): boolean {
  return topFrame(session)?.flow === ASK_WHOM;
}

/** What they said when they called for help, where a button answers whom they want. */
function pleaOf(session: Session): string | null {
  const top = topFrame(session);
  return top?.flow === ASK_WHOM ? textOf(top, 'words') || null : null;
}

/** The question whom they want is answered. */
function withoutWhom(session: Session): Session {
  return isAskingWhom(session) ? withoutTop(session) : session;
}
