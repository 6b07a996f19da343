import { takeUpDraft } from '../dialog/leave.ts';
import { begin, type CommandInput, type CommandRun, type CommandWord } from '../dialog/flow.ts';
import { commandOption, say, type Option, type Reply } from '../../server/domain/say.ts';
import { speaksShort } from '../../server/domain/elder-mode.ts';
import { topFrame, type Frame, type Session } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { homeBound } from './family-home.ts';
import { startRecord } from './free-words.ts';
import { keptOutNow } from './kept-away.ts';
import { callDirectorOption } from './my-director.ts';
import { urgentOption } from './open-report.ts';
import { isBound } from './tips.ts';
import { recordContact } from './record-contact.ts';
import { recordVisit } from './record-visit.ts';

const hasCaseload = (view: View): boolean => ['director', 'supervisor', 'deputy'].includes(view.role);
const CARDS: readonly string[] = [recordVisit.id, recordContact.id, 'record-trip'];
/** Stories that may make a card step aside, besides other cards. */
const ASIDE: readonly string[] = ['obstacle', 'away', 'back'];
const everybody = (): boolean => true;

/** 菜单. */
export const menuWord: CommandWord = {
  id: 'menu',
  words: ['菜单', '主菜单', 'menu', '/start', '你好', '在吗', 'hi', 'hello'],
  allowed: everybody,
  run: ({ view, session }) => ({ replies: [menuReply(view, session.drafts.length > 0)], commands: [] }),
};

/** 帮助. */
export const helpWord: CommandWord = {
  id: 'help',
  words: ['帮助', '怎么用', '?', 'help'],
  allowed: everybody,
  run: ({ view, target }) =>
    target === FAMILIES && hasCaseload(view)
      ? { replies: [say('help.families')], commands: [] }
      : { replies: [helpReply(view)], commands: [] },
};

/** What is said with families stands on a page of its own: one page would be too long to read. */
const FAMILIES = 'families';

function helpReply(view: View): Reply {
  const families = hasCaseload(view) ? [commandOption('help', FAMILIES, say('menu.families'))] : [];
  const more = menuOptions(view, false).filter(({ id }) => families.length === 0 || id !== 'c:help');
  return { ...say(`help.${audience(view)}`), options: [...families, ...more] };
}

/** 走访, with the child a button carried or the words that followed. */
export const visitWord: CommandWord = {
  id: 'visit',
  words: ['走访', '家访', '入户', 'visit'],
  takesRest: 'after-break',
  allowed: hasCaseload,
  run: (input) => start(input, 'visit'),
};

/** 联系. */
export const contactWord: CommandWord = {
  id: 'contact',
  words: ['联系', 'contact'],
  takesRest: 'after-break',
  allowed: hasCaseload,
  run: (input) => start(input, 'contact'),
};

/** 补录: a visit of an earlier day; the day is asked first. */
export const lateRecordWord: CommandWord = {
  id: 'late-record',
  words: ['补录', '补记', 'late record'],
  takesRest: 'after-break',
  allowed: hasCaseload,
  run: (input) => {
    if (input.view.caseload.length === 0) return { replies: [say('todo.no-children')], commands: [] };
    if (input.target === null)
      return {
        replies: [],
        because: say('late-record.hint'),
        commands: [],
        then: [begin(recordVisit, { late: true })],
      };
    return start(input, input.heard?.intent ?? 'visit', true);
  },
};

/** 继续: takes up what was left unfinished. */
export const resumeWord: CommandWord = {
  id: 'resume',
  words: ['继续', 'continue'],
  allowed: hasCaseload,
  run: ({ session }): CommandRun => {
    const taken = cardBelow(session) ?? takeUpDraft(session);
    if (!taken) return { replies: [say('resume.nothing')], commands: [] };
    return { session: taken.session, replies: [], commands: [], then: [taken.frame] };
  },
};

/** The card that stepped aside for the one that is open now. */
function cardBelow(session: Session): { readonly session: Session; readonly frame: Frame } | null {
  const isRecord = ({ flow }: Frame): boolean => CARDS.includes(flow);
  const top = topFrame(session);
  const frame = session.frames.slice(0, -1).findLast(isRecord);
  if (!top || !(isRecord(top) || ASIDE.includes(top.flow)) || !frame) return null;
  return { frame, session: { ...session, frames: session.frames.filter((one) => one !== frame) } };
}

/** English / 中文: the language of this account. */
export const englishWord: CommandWord = language('english', ['english', 'en', '英文'], 'en');
export const chineseWord: CommandWord = language('chinese', ['中文', '汉语', 'chinese', 'zh'], 'zh-CN');

function language(id: string, words: readonly string[], chosen: 'zh-CN' | 'en'): CommandWord {
  return {
    id,
    words,
    allowed: everybody,
    run: () => ({
      replies: [say('language.chosen')],
      commands: [{ type: 'choose-language', language: chosen }],
    }),
  };
}

/** The first screen, and what follows words nobody understood. */
export function menuReply(view: View, hasDraft: boolean): Reply {
  return { ...say(`menu.${audience(view)}`, { name: view.name }), options: menuOptions(view, hasDraft) };
}

/**
 * What somebody reads who opens the app for the first time: short, with the three buttons they need most (our default),
 * and nothing of any child, for the screen may be looked at by others.
 */
export function greeting(role: View['role']): Reply {
  const { hello, buttons } = GREETINGS[audience({ role })];
  const options = buttons.map((id) =>
    id === 'urgent' ? urgentOption() : commandOption(id, null, say(`menu.${id}`)),
  );
  return { ...hello, options };
}

const GREETINGS = {
  director: { hello: say('greeting.worker'), buttons: ['visit', 'todo', 'urgent'] },
  supervisor: { hello: say('greeting.worker'), buttons: ['alerts', 'todo', 'urgent'] },
  desk: { hello: say('greeting.desk'), buttons: ['alerts', 'overdue', 'urgent'] },
  family: { hello: say('greeting.stranger'), buttons: ['urgent', 'feedback', 'help'] },
} as const;

/** Words nobody understood are answered with what can be said here. */
export function lostReply(view: View): Reply {
  const options = menuOptions(view, false);
  // Whoever is bound is called; who the director is they read with it.
  const asks = options.map((one) => (one.id === 'c:my-director' ? callDirectorOption() : one));
  return { ...say(`lost.${audience(view)}`), options: homeBound(view) === null ? options : asks };
}

function menuOptions(view: View, hasDraft: boolean): readonly Option[] {
  const option = (id: string): Option => commandOption(id, null, say(`menu.${id}`));
  const draft = hasDraft ? [option('resume')] : [];
  switch (audience(view)) {
    case 'director':
      return [
        ...draft,
        ...['todo', 'visit', 'contact'].map(option),
        urgentOption(),
        ...['feedback', 'help'].map(option),
      ];
    case 'supervisor':
      return [
        ...['alerts', 'overdue', 'todo', 'visit', 'ledger', 'unreached'].map(option),
        urgentOption(),
        option('help'),
      ];
    case 'desk':
      return [...['alerts', 'overdue', 'on-duty', 'unreached'].map(option), urgentOption(), option('help')];
    case 'family':
      if (speaksShort({ personKind: null, steps: view.settings.steps }))
        return [urgentOption(), option('my-director')];
      return [
        urgentOption(),
        ...['my-director', ...(isBound(view) ? ['tip'] : []), 'feedback', 'help'].map(option),
      ];
  }
}

function audience(view: Pick<View, 'role'>): 'director' | 'supervisor' | 'desk' | 'family' {
  if (view.role === 'director') return 'director';
  if (view.role === 'supervisor' || view.role === 'deputy') return 'supervisor';
  return ['guardian', 'carer', 'stranger'].includes(view.role) ? 'family' : 'desk';
}

/** A record begun by its word: with the child of the button, with the words after it, or with the first question. */
function start(
  { target, heard, session, view, context }: CommandInput,
  intent: 'visit' | 'contact',
  isLate = false,
): CommandRun {
  if (view.caseload.length === 0) return { replies: [say('todo.no-children')], commands: [] };
  const flow = intent === 'visit' ? recordVisit : recordContact;
  if (heard !== null && target !== null)
    return (
      keptOutNow({ target, heard, session, view, context }) ??
      startRecord(heard, view, { intent, isLate, words: target })
    );
  const child = childOf(view, target);
  if (target !== null && !child) return { replies: [say('record.child-gone')], commands: [] };
  return { replies: [], commands: [], then: [begin(flow, child ? { child: child.id } : {})] };
}
