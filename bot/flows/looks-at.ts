import { codeIn } from '../../server/domain/family/invitation.ts';
import { bareWord, numberIn, urgentIn } from '../dialog/words.ts';
import type { CommandWord } from '../dialog/flow.ts';
import type { DialogEvent } from '../dialog/event.ts';
import { textOf, topFrame, type Session } from '../dialog/session.ts';
import { isFamily, type Looking, type View } from '../dialog/view.ts';
import { bindingsWord, isThemWord, notThemWord } from './bindings.ts';
import { codeOfBinding } from './bind.ts';
import { childInvited, invite, inviteWord } from './invite.ts';
import { asksAbout, cardWord } from './child-card.ts';
import { callMadeWord, callOutcome } from './call-made.ts';
import { concern } from './concern.ts';
import {
  changePhoneWord,
  familyAskDoneWord,
  familyAskOutcome,
  familyAsksWord,
  keepPhoneWord,
} from './family-asks.ts';
import { familyLeaves } from './family-leaves.ts';
import { listenWord } from './listen.ts';
import { enterDutyWord, maySwap, swapWord } from './duty-change.ts';
import { saysSwap } from './duty-words.ts';
import { dutyRosterWord } from './duty-roster.ts';
import { elderModeForWord } from './elder-mode.ts';
import { leave, leaveWord } from './leave.ts';
import { mayNotify, notice, noticeWord, recallNoticeWord, withoutSpaces } from './notice.ts';
import { readFeedbackWord } from './feedback.ts';
import { noContact, noContactWord } from './no-contact.ts';
import { numbersWord } from './numbers.ts';
import { soughtIn } from './sought-child.ts';
import { asksForText, daysOfTexts, nationalTextWord } from './national-text.ts';
import { ASK_DANGER, openReport, urgentWord } from './open-report.ts';
import { printWord } from './print.ts';
import { unreachedChildrenWord, unreachedWord } from './reachability.ts';
import { recordsWanted } from './records-wanted.ts';
import { reportTextsWord } from './report-texts.ts';
import { newSafetyEventWord, safetyEvent, safetyEventsWord } from './safety-event.ts';
import { schoolBreak } from './school-break.ts';
import { calendarWord, fillCalendarWord, verifyCalendar, verifyCalendarWord } from './school-calendar.ts';
import { routeWord } from './route.ts';
import { todoWord } from './todo-list.ts';
import { looksAtLetters } from './looks-at-letters.ts';
import { looksAtCampaigns } from './looks-at-campaigns.ts';
import { storm, stormWord } from './storm.ts';
import { movingIn } from '../understanding/family-words.ts';
import { paperLines } from '../understanding/paper-lines.ts';
import { daysToLoad, logWord } from './work-log.ts';
import { tipWord } from './tips.ts';
import { looksAtNudges } from './nudges-looked-at.ts';
import { looksAtVisits } from './visits-looked-at.ts';
import { routeWords } from '../understanding/route-words.ts';

/** A name may mean so many children at most; more are asked about by name first. */
const FAMILIES_LIMIT = 8;

/** What a turn looks at besides the view: families or the week, where words or a button ask for them. */
export function looksAt(event: DialogEvent, session: Session, view: View): Looking {
  const whoever = {
    ...looksAtWork(event, session, view),
    ...looksAtEducation(event, session, view),
    ...(isFamily(view) ? looksAtHome(event, session, view) : {}),
  };
  if (view.caseload.length === 0) {
    const sought = looksAtSought(event, session, view);
    return { ...whoever, families: [], week: false, form: false, ...(sought && { sought }) };
  }
  const records = recordsWanted(event, optionOf(event, session), session);
  const filed = filedDays(event, optionOf(event, session), view);
  return {
    ...whoever,
    families: familiesFor(event, session, view),
    week: looksAtWeek(event, session, view),
    form: event.kind === 'text' && paperLines(event.text) !== null,
    bindings: looksAtBindings(event, session),
    letterOf: looksAtLetters(event, optionOf(event, session), session, view),
    ...phonesLookedAt(event, session, view),
    ...(records === null ? {} : { records }),
    ...(filed === null ? {} : { filed }),
  };
}

type LooksOfWork = Omit<Looking, 'families' | 'week' | 'form'>;

/** What anybody may ask for, with children to answer for or without. */
function looksAtWork(event: DialogEvent, session: Session, view: View): LooksOfWork {
  const option = optionOf(event, session);
  const ownReports = looksAtOwnReports(event, session, view);
  const reachability = looksAtReachability(event, session);
  return {
    listening: asksFor(listenWord, event, session),
    colleagues: looksAtColleagues(event, session, view),
    notice: looksAtNotice(event, session, view),
    feedback: asksFor(readFeedbackWord, event, session),
    ownReports,
    numbers: ownReports || asksFor(numbersWord, event, session) || begunBy(reportTextsWord, event, session),
    duties: asksFor(dutyRosterWord, event, session),
    dutyDesk: maySwap(view) && changesDuty(event),
    familyAsks: looksAtFamilyAsks(event, session),
    visits: looksAtVisits(event, option, session, view),
    nudges: looksAtNudges(event, option, session, view),
    ...(reachability && { reachability }),
  };
}

/** Safety education; what was taught stands in the same list as the notices. */
function looksAtEducation(event: DialogEvent, session: Session, view: View) {
  const campaigns = looksAtCampaigns(event, optionOf(event, session), session, view);
  return {
    calendar: looksAtCalendar(event, session),
    safety: looksAtSafety(event, session) || campaigns?.what === 'desk',
    ...(campaigns && { campaigns }),
  };
}

/** What is talked about on a family's phone. */
function looksAtHome(event: DialogEvent, session: Session, view: View) {
  const code = codeTyped(event, session);
  return {
    home: true,
    tips: asksFor(tipWord, event, session),
    homeAdults: looksAtHomeAdults(event, session, view),
    ...(code === undefined ? {} : { code }),
  };
}

/** A desk names the child in whose home somebody must not be contacted; from then on it is known by its id. */
function looksAtSought(event: DialogEvent, session: Session, view: View): Looking['sought'] {
  if (view.role !== 'county-desk') return undefined;
  const named = noticeWords(event, session);
  if (named !== null) return { words: named, ids: [] };
  const frame = session.frames.find(({ flow }) => flow === noContact.id);
  const words = event.kind === 'text' ? event.text : null;
  if (words !== null && begins(words, noContactWord.words)) return { words, ids: soughtIn(frame) };
  if (frame === undefined) return undefined;
  const isNaming = frame === topFrame(session) && frame.asking === 'sought';
  return { words: isNaming ? words : null, ids: soughtIn(frame) };
}

/** 校历 is shown, and entered while it is seen. */
function looksAtCalendar(event: DialogEvent, session: Session): boolean {
  const flows: readonly string[] = [schoolBreak.id, verifyCalendar.id];
  if (session.frames.some(({ flow }) => flows.includes(flow))) return true;
  return (
    isText(event, calendarWord.words) ||
    [calendarWord, fillCalendarWord, verifyCalendarWord].some((word) => asksFor(word, event, session))
  );
}

/** 安全活动 are shown, and one is recorded against those that are there. */
function looksAtSafety(event: DialogEvent, session: Session): boolean {
  if (session.frames.some(({ flow }) => flow === safetyEvent.id)) return true;
  const words = [safetyEventsWord, newSafetyEventWord];
  return words.some((word) => isText(event, word.words) || asksFor(word, event, session));
}

/** Conversations that are a report, or may open one with their next answer. */
const MAY_REPORT: ReadonlySet<string> = new Set([openReport.id, ASK_DANGER, concern.id, callOutcome.id]);

/**
 * A report is asked from its first word on whether it is the matter of one before, and whoever was kept from that one is
 * kept from this one, whichever way it is opened. What a family sends after one is kept from the same people.
 */
function looksAtOwnReports(event: DialogEvent, session: Session, { role }: View): boolean {
  if (role === 'guardian' || role === 'carer') return true;
  if (session.frames.some(({ flow }) => MAY_REPORT.has(flow))) return true;
  if (isText(event, callMadeWord.words)) return true;
  if (event.kind === 'text' && urgentIn(event.text) !== null) return true;
  return optionOf(event, session)?.startsWith(`c:${urgentWord.id}`) === true;
}

/** Whoever goes away is asked who looks after the child. */
function looksAtHomeAdults(event: DialogEvent, session: Session, { today }: View): boolean {
  if (session.frames.some(({ flow }) => flow === familyLeaves.id)) return true;
  return event.kind === 'text' && movingIn(event.text, today) !== null;
}

/** 家里人, its buttons, the question what came of it, and 待办, which says how many wait. */
function looksAtFamilyAsks(event: DialogEvent, session: Session): boolean {
  if (session.frames.some(({ flow }) => flow === familyAskOutcome.id)) return true;
  const words = [familyAsksWord, familyAskDoneWord, changePhoneWord, keepPhoneWord, todoWord];
  return words.some((word) => asksFor(word, event, session));
}

function looksAtReachability(event: DialogEvent, session: Session): Looking['reachability'] {
  if (asksFor(unreachedChildrenWord, event, session)) return 'children';
  return asksFor(unreachedWord, event, session) ? 'findings' : undefined;
}

/** A code in the words or on the button of whoever is no worker, or the one that is being talked about. */
function codeTyped(event: DialogEvent, session: Session): string | undefined {
  const option = optionOf(event, session);
  const carried = /^c:bind:(.+)$/u.exec(option ?? '')?.[1];
  const typed = event.kind === 'text' ? event.text.trim().replace(/^(绑定|bind)/iu, '') : (carried ?? '');
  return codeIn(typed) ?? codeOfBinding(topFrame(session));
}

function looksAtBindings(event: DialogEvent, session: Session): boolean {
  if (/^c:(bindings|is-them|not-them)(:|$)/u.test(optionOf(event, session) ?? '')) return true;
  return isText(event, [...bindingsWord.words, ...isThemWord.words, ...notThemWord.words]);
}

/** Whom one invites may have a phone already. */
function phonesLookedAt(event: DialogEvent, session: Session, view: View): Pick<Looking, 'phonesOf'> {
  const [named] = invitesFor(event, session, view);
  return named === undefined ? {} : { phonesOf: named };
}

/** The child of an invitation: on its button, in its words, or in the conversation about it. */
function invitesFor(event: DialogEvent, session: Session, view: View): readonly string[] {
  const carried = /^c:invite:(.+)$/u.exec(optionOf(event, session) ?? '')?.[1];
  const frame = topFrame(session);
  const isInviting =
    frame?.flow === invite.id || isText(event, [...inviteWord.words, ...elderModeForWord.words]);
  const option = optionOf(event, session) ?? '';
  const chosen = isInviting ? view.caseload.filter(({ id }) => option.includes(id)).map(({ id }) => id) : [];
  const named =
    isInviting && event.kind === 'text'
      ? event.heard.mentions.flatMap((m) => m.candidates.map(({ childId }) => childId))
      : [];
  // The invitation below is asked about again where the one above it ends.
  const below = session.frames.toReversed().map(childInvited);
  return [...new Set([childInvited(frame), carried, ...chosen, ...named, ...below])].flatMap(
    (id) => id ?? [],
  );
}

/** A swap or lines of the roster are read against whoever may stand on it. */
function changesDuty(event: DialogEvent): boolean {
  return (
    isText(event, [...swapWord.words, ...enterDutyWord.words]) ||
    (event.kind === 'text' && saysSwap(event.text))
  );
}

/** A notice asks how many it would reach, from its word on. */
function looksAtNotice(event: DialogEvent, session: Session, view: View): boolean {
  if (!mayNotify(view)) return false;
  if (session.frames.some(({ flow }) => flow === notice.id)) return true;
  const words = [...noticeWord.words, ...recallNoticeWord.words];
  return /^c:(notice|recall-notice)(:|$)/u.test(optionOf(event, session) ?? '') || isText(event, words);
}

/** The words of a notice, in which no child of the county may be named; null where none are written. */
function noticeWords(event: DialogEvent, session: Session): string | null {
  if (event.kind !== 'text') return null;
  const top = topFrame(session);
  const isWriting = top?.flow === notice.id && top.asking === 'text';
  const isWarning = top?.flow === storm.id && top.asking === 'words';
  const words = [...noticeWord.words, ...stormWord.words];
  return isWriting || isWarning || begins(event.text, words) ? withoutSpaces(event.text) : null;
}

function isText(event: DialogEvent, words: readonly string[]): boolean {
  return event.kind === 'text' && begins(event.text, words);
}

/** The word alone, or its button with or without what it carries. */
function asksFor(word: CommandWord, event: DialogEvent, session: Session): boolean {
  const option = optionOf(event, session);
  if (option === `c:${word.id}` || option?.startsWith(`c:${word.id}:`) === true) return true;
  return event.kind === 'text' && word.words.includes(bareWord(event.text));
}

/** The word with a report behind it, or the button of one. */
function begunBy(word: CommandWord, event: DialogEvent, session: Session): boolean {
  if (optionOf(event, session)?.startsWith(`c:${word.id}`) === true) return true;
  return event.kind === 'text' && begins(event.text, word.words);
}

/** A card or a mark on an adult needs the families of the children it may be about. */
function familiesFor(event: DialogEvent, session: Session, view: View): readonly string[] {
  const option = optionOf(event, session);
  const frame = topFrame(session);
  const inFlow = frame?.flow === noContact.id ? [textOf(frame, 'child')] : null;
  const asked =
    event.kind === 'text' &&
    (asksAbout(event.heard) || begins(event.text, [...cardWord.words, ...noContactWord.words]));
  const invited = invitesFor(event, session, view);
  if (!asked && option?.startsWith('c:card:') !== true && inFlow === null)
    return invited.slice(0, FAMILIES_LIMIT);
  const named = event.kind === 'text' ? event.heard.mentions.flatMap((m) => m.candidates) : [];
  const ids = [
    ...(inFlow ?? []),
    ...named.map((c) => c.childId),
    ...view.caseload.filter((c) => option?.includes(c.id) === true).map((c) => c.id),
  ];
  return [...new Set(ids)].slice(0, FAMILIES_LIMIT);
}

/** A leave asks who stands in, from its word on. */
function looksAtColleagues(event: DialogEvent, session: Session, view: View): boolean {
  if (view.role !== 'director') return false;
  if (session.frames.some((frame) => frame.flow === leave.id)) return true;
  const option = optionOf(event, session);
  return option === `c:${leaveWord.id}` || (event.kind === 'text' && begins(event.text, leaveWord.words));
}

/** 日志 and 文本 are written from what the person filed. */
function filedDays(
  event: DialogEvent,
  option: string | undefined,
  view: View,
): NonNullable<Looking['filed']> | null {
  if (option?.startsWith(`c:${nationalTextWord.id}`) === true) return daysOfTexts(view);
  if (option === `c:${logWord.id}`) return { from: view.today, until: view.today };
  if (event.kind !== 'text') return null;
  return daysToLoad(event.text, view) ?? (asksForText(event.heard) ? daysOfTexts(view) : null);
}

function looksAtWeek(event: DialogEvent, session: Session, view: View): boolean {
  const option = optionOf(event, session);
  if (option !== undefined) return /^c:(route|print)(:|$)/u.test(option);
  if (event.kind !== 'text') return false;
  return (
    begins(event.text, [...routeWord.words, ...printWord.words]) ||
    routeWords(event.text, view.today) !== null
  );
}

/** The button this event presses, by itself or by its number. */
function optionOf(event: DialogEvent, session: Session): string | undefined {
  if (event.kind === 'option') return event.option;
  const number = event.kind === 'text' ? numberIn(event.text) : null;
  return number === null ? undefined : session.offered[number - 1];
}

function begins(text: string, words: readonly string[]): boolean {
  return words.some((word) => text.trim().toLowerCase().startsWith(word));
}
