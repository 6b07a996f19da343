import type {
  AnswerAbsence,
  AnswerObstacle,
  Command,
  EndAbsence,
  LiftNoContact,
  MarkNoContact,
  RecordAbsence,
  RecordObstacle,
  WithdrawAbsence,
} from '../server/domain/commands.ts';
import type { EducationCommand } from '../server/domain/education/education-commands.ts';
import { allOf, decided, type Acting, type Decision } from '../server/services/acting.ts';
import { noteAccess } from '../server/services/access.ts';
import {
  attachToChild,
  attachToRecord,
  attachToReport,
  keepForListening,
} from '../server/services/attach.ts';
import { correctContact } from '../server/services/correct-contact.ts';
import { answerAbsence, endAbsence, recordAbsence, withdrawAbsence } from '../server/services/absence.ts';
import { answerObstacle, recordObstacle } from '../server/services/obstacle.ts';
import { callOutcome } from '../server/services/call-end.ts';
import { decideCallMade, decideCalls, decideConcern } from './decide-concern.ts';
import { decideFamilyRequest, isOfFamilyRequest } from './decide-family-request.ts';
import { closeFollowUp, moveFollowUp, openFollowUp } from '../server/services/follow-up.ts';
import { endLeave, takeLeave, type LeaveReaders } from '../server/services/leave.ts';
import { fileDuty } from '../server/services/file-duty.ts';
import { recordSafetyEvent } from '../server/services/safety-event.ts';
import { setSchoolBreaks } from '../server/services/school-break.ts';
import { giveFeedback } from '../server/services/feedback.ts';
import { sendLetter } from '../server/services/letters.ts';
import { decideCampaign } from '../server/services/campaign.ts';
import { decideNotice } from '../server/services/notice.ts';
import type { ChildHistory } from '../server/services/loaded.ts';
import { addVoiceWords } from '../server/services/voice-words.ts';
import { liftNoContact, markNoContact, type ToldOfMark } from '../server/services/no-contact.ts';
import { printForm } from '../server/services/paper-form.ts';
import { withdrawContact } from '../server/services/record-contact.ts';
import { keepRoute } from '../server/services/trip-plan.ts';
import type { ChatAccountRow } from '../server/store/generated/tables.ts';
import { decideAccount } from './decide-account.ts';
import { decideTips, isOfTips } from './decide-tips.ts';
import { decideBinding, isOfBinding } from './decide-family.ts';
import { isOfCampaign } from './decide-campaign.ts';
import { decideOnVisit, isOfVisit, recordKeeping, recordRenamed, recordUndone } from './decide-visit.ts';
import { decideOnReport, isOfReport, toldOf } from './decide-report.ts';
import type { Facts } from './needs.ts';
import type { LoadedTurn } from './views.ts';

/** Turns commands into rows and messages: all of a turn's commands, or none. Pure. */
export function decide(
  commands: readonly Command[],
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): Decision {
  const each = commands.map((command) => decideOne(command, acting, turn, facts));
  return allOf([...each, ...decideCalls(commands, acting, turn, facts)]);
}

function decideOne(command: Command, acting: Acting, turn: LoadedTurn, facts: Facts): Decision {
  if (isOfReport(command)) return decideOnReport(command, acting, turn, facts);
  if (isOfTips(command)) return decideTips(command, acting);
  if (isOfBinding(command)) return decideBinding(command, acting, turn, facts);
  if (isOfFamilyRequest(command)) return decideFamilyRequest(command, acting, turn, facts);
  if (isOfCampaign(command)) return decideCampaign(command, acting, turn.holder.worker?.areaCode ?? null);
  if (isOfVisit(command)) return decideOnVisit(command, acting, facts);
  switch (command.type) {
    case 'record-contact':
      return recordKeeping(command, acting, historyOf(facts, command.childId), facts);
    case 'withdraw-contact':
    case 'correct-contact':
    case 'add-voice-words':
      return decideOnRecord(command, acting, facts);
    case 'record-absence':
    case 'end-absence':
    case 'withdraw-absence':
    case 'answer-absence':
    case 'record-obstacle':
    case 'answer-obstacle':
      return decideAway(command, acting, turn, facts);
    case 'open-concern':
    case 'answer-concern':
    case 'ask-call':
      return decideConcern(command, acting, facts);
    case 'call-made':
      return decideCallMade(command, acting, turn, facts);
    case 'call-outcome':
      return callOutcome(command, acting, turn.calls);
    case 'open-follow-up':
      return decideFollowUp(command, acting, turn, facts);
    case 'close-follow-up':
      return closeFollowUp(command, acting);
    case 'move-follow-up':
      return moveFollowUp(command, acting);
    case 'give-feedback':
      return giveFeedback(command, acting, placeOf(turn), deskAccounts(turn));
    case 'send-notice':
    case 'recall-notice':
      return decideNotice(command, acting, turn.holder.worker?.areaCode ?? null);
    case 'note-access':
      return noteAccess(command, acting);
    case 'choose-language':
    case 'change-settings':
    case 'make-link-code':
      return decideAccount(command, acting);
    case 'take-leave':
    case 'end-leave':
      return decideLeave(command, acting, turn, facts);
    case 'file-duty':
      return fileDuty(command, acting, turn.holder.worker?.name ?? '', facts.accountsByWorker);
    case 'set-school-breaks':
    case 'record-safety-event':
      return decideEducation(command, acting, turn);
    case 'print-form':
      return decidePrint(command, acting, facts);
    case 'attach-to-record':
    case 'attach-to-child':
    case 'attach-to-report':
    case 'keep-for-listening':
      return decideSent(command, acting, turn, facts);
    case 'keep-route':
      return keepRoute(command, acting);
    case 'send-letter':
      return sendLetter(command, acting);
    case 'mark-no-contact':
    case 'lift-no-contact':
      return decideNoContact(command, acting, turn, toldOfMark(command, acting, facts));
  }
}

/** When schools are on holiday, and what was taught before they were. */
function decideEducation(command: EducationCommand, acting: Acting, { holder }: LoadedTurn): Decision {
  return command.type === 'set-school-breaks'
    ? setSchoolBreaks(command, acting, holder.worker?.areaCode ?? null)
    : recordSafetyEvent(command, acting);
}

function decideLeave(
  command: Command & { type: 'take-leave' | 'end-leave' },
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): Decision {
  const readers = leaveReaders(command, acting, turn, facts);
  return command.type === 'take-leave'
    ? takeLeave(command, acting, readers)
    : endLeave(command, acting, readers);
}

function decideFollowUp(
  command: Command & { type: 'open-follow-up' },
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): Decision {
  return openFollowUp(command, acting, {
    byName: turn.holder.worker?.name ?? '',
    owner: facts.accountsByWorker.get(command.ownerId ?? '') ?? null,
  });
}

function decidePrint(command: Command & { type: 'print-form' }, acting: Acting, facts: Facts): Decision {
  const pdf = facts.files.get(command.fileId);
  if (!pdf) throw new Error('a form that was not made');
  return printForm(command, acting, pdf);
}

function decideNoContact(
  command: MarkNoContact | LiftNoContact,
  acting: Acting,
  turn: LoadedTurn,
  told: readonly ToldOfMark[],
): Decision {
  if (command.type === 'mark-no-contact') return markNoContact(command, acting, told);
  const { name, phone } = turn.holder.worker ?? { name: '', phone: null };
  const isOfDesk = turn.view.role === 'county-desk';
  return liftNoContact(command, acting, told, {
    by: { name, phone },
    desks: isOfDesk ? [] : deskAccounts(turn),
  });
}

/** A stored record is taken back, corrected or completed, always by a record that supersedes it. */
function decideOnRecord(
  command: Command & { type: 'withdraw-contact' | 'correct-contact' | 'add-voice-words' },
  acting: Acting,
  facts: Facts,
): Decision {
  const target = facts.contacts.get(command.targetId);
  if (!target) return decided([]);
  const history = historyOf(facts, target.childId);
  switch (command.type) {
    case 'withdraw-contact':
      return recordUndone(command, withdrawContact(command, acting, target, history), acting, facts);
    case 'correct-contact': {
      const author = authorOf(command.authorId, acting, facts);
      return recordUndone(command, correctContact(command, acting, target, history, author), acting, facts);
    }
    case 'add-voice-words':
      return recordRenamed(command, addVoiceWords(command, acting, target, history), facts);
  }
}

/** Where a voice message, a photo or a place belongs. */
function decideSent(
  command: Command & {
    type: 'attach-to-record' | 'attach-to-child' | 'attach-to-report' | 'keep-for-listening';
  },
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): Decision {
  switch (command.type) {
    case 'attach-to-record':
      return attachToRecord(command, acting, turn.villageOf.get(command.childId) ?? null);
    case 'attach-to-child':
      return attachToChild(command, acting);
    case 'attach-to-report':
      return attachToReport(command, acting, toldOf(command.reportId, acting, facts));
    case 'keep-for-listening': {
      const place = turn.holder.familyVillage?.code ?? turn.ladderAreas.at(-1) ?? null;
      return keepForListening(command, acting, place);
    }
  }
}

/** Whoever supervises, and the substitute: by the account on the primary channel. */
function leaveReaders(
  { substituteId }: { readonly substituteId: string | null },
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): LeaveReaders {
  return {
    name: turn.holder.worker?.name ?? '',
    supervisors: accountsOnDuty(turn, acting),
    substitute: facts.accountsByWorker.get(substituteId ?? '') ?? null,
  };
}

function accountsOf(workerIds: readonly string[], acting: Acting, facts: Facts): readonly ChatAccountRow[] {
  return workerIds
    .filter((id) => id !== acting.personId)
    .flatMap((id) => facts.accountsByWorker.get(id) ?? []);
}

/** The directors of this child, and of every other child of the same adult; each reads of it once. */
function toldOfMark(
  { childId, personId, tells }: MarkNoContact | LiftNoContact,
  acting: Acting,
  facts: Facts,
): readonly ToldOfMark[] {
  const children = [{ childId, directorIds: tells }, ...(facts.childrenOfAdults.get(personId) ?? [])];
  const all = children.flatMap((child) =>
    accountsOf(child.directorIds, acting, facts).map((account) => ({ account, childId: child.childId })),
  );
  return all.filter(({ account }, place) => all.findIndex((one) => one.account.id === account.id) === place);
}

/** A call is asked of the first role that somebody fills: supervisor, then deputy, then the desk. */
function accountsOnDuty(turn: LoadedTurn, acting: Acting): readonly ChatAccountRow[] {
  for (const role of ['supervisor', 'deputy', 'county-desk'] as const) {
    const accounts = turn.ladderHolders
      .filter((h) => h.role === role && h.workerId !== acting.personId)
      .flatMap((h) => h.account ?? []);
    if (accounts.length > 0) return accounts;
  }
  return [];
}

function deskAccounts(turn: LoadedTurn): readonly ChatAccountRow[] {
  return turn.ladderHolders
    .filter(({ role, areaCode }) => role === 'county-desk' && turn.ladderAreas.includes(areaCode))
    .flatMap((h) => h.account ?? []);
}

function placeOf({ holder, ladderAreas }: LoadedTurn): {
  readonly countyCode: string | null;
  readonly name: string;
} {
  const place = holder.area ?? holder.familyVillage;
  return { countyCode: place?.countyCode ?? ladderAreas.at(-1) ?? null, name: place?.name ?? '' };
}

function historyOf(facts: Facts, childId: string): ChildHistory {
  const history = facts.histories.get(childId);
  if (!history) throw new Error('a command about a child that is not there');
  return history;
}

/** The account of whoever filed it, unless that is the very person who acts. */
function authorOf(authorId: string, acting: Acting, facts: Facts): ChatAccountRow | null {
  return authorId === acting.personId ? null : (facts.accountsByWorker.get(authorId) ?? null);
}

/** A child that is away, and a director who was kept out: both are decided on the child's history. */
function decideAway(
  command: RecordAbsence | EndAbsence | WithdrawAbsence | AnswerAbsence | RecordObstacle | AnswerObstacle,
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): Decision {
  const history = historyOf(facts, command.childId);
  switch (command.type) {
    case 'record-absence':
      return recordAbsence(command, acting, history, accountsOnDuty(turn, acting));
    case 'end-absence':
      return endAbsence(command, acting, history);
    case 'withdraw-absence':
      return withdrawAbsence(command, acting, history);
    case 'answer-absence':
      return answerAbsence(command, acting, history, authorOf(command.authorId, acting, facts));
    case 'record-obstacle':
      return recordObstacle(command, acting, history, accountsOnDuty(turn, acting));
    case 'answer-obstacle':
      return answerObstacle(command, acting, history, authorOf(command.authorId, acting, facts));
  }
}
