import type { EducationCommand } from './education/education-commands.ts';
import type { DutyLine } from './escalation/duty-roster.ts';
import type { EncounterMode } from './cadence/child-facts.ts';
import type { Sent } from './files/file-ref.ts';
import type { SettingsChange } from './account-settings.ts';
import type { BindingCommand } from './family/binding-commands.ts';
import type { NoContactReason } from './family/family.ts';
import type { FamilyRequestCommand } from './family/request-commands.ts';
import type { SendLetter } from './family/letter.ts';
import type { TipCommand } from './family/tip-commands.ts';
import type { AnswerNudge } from './family/nudge.ts';
import type { VisitCommand } from './family/visit-commands.ts';
import type { LocalDate } from './local-date.ts';
import type { Sheet } from './paper/sheet.ts';
import type { ReportCommand } from './report/commands.ts';
import type { Wish } from './route/plan-week.ts';
import type { CampaignCommand } from './family/campaign-commands.ts';

export type ContactOutcome = 'none' | 'worried' | 'unsure';

/** A recorded encounter with one child; with mode home or school it is a visit. */
export interface RecordContact {
  readonly type: 'record-contact';
  readonly contactId: string;
  readonly childId: string;
  readonly mode: EncounterMode;
  readonly takenOn: LocalDate;
  readonly childSeen: boolean | null;
  /** Empty where nobody was met or named. */
  readonly met: readonly string[];
  /** A visit that met nobody, a call that reached nobody: kept as an attempt, it answers no duty. */
  readonly nobodyMet?: boolean;
  readonly note: string | null;
  readonly outcome: ContactOutcome;
  /** Set when the outcome is not 'none': the concern is on record in the same moment. */
  readonly concernId: string | null;
  /** The concern was said before and is on record already: it is told to belong to this record, and no second one begins. */
  readonly concernOnRecord?: boolean;
  /** The trip it was made on, where one way led to several children. */
  readonly tripId?: string;
}

/** Takes a record back within minutes: a superseding record, never a deletion. */
export interface WithdrawContact {
  readonly type: 'withdraw-contact';
  readonly contactId: string;
  readonly targetId: string;
}

/** 更正: a record that supersedes an earlier one at any time, with a reason. */
export interface CorrectContact extends Omit<RecordContact, 'type' | 'tripId'> {
  readonly type: 'correct-contact';
  readonly targetId: string;
  /** Whoever filed it: told when somebody else corrects it. */
  readonly authorId: string;
  /** Set where the correction itself gives rise to a concern. */
  readonly concernId: string | null;
  readonly reason: string;
  /** There was no such visit: the record is taken back whole. */
  readonly mistake: boolean;
}

/** 不在村, from a day on and until the return where it is known. */
export interface RecordAbsence {
  readonly type: 'record-absence';
  readonly absenceId: string;
  readonly childId: string;
  readonly from: LocalDate;
  /** The day of return. */
  readonly until: LocalDate | null;
  readonly companion: string | null;
  /** Of a HIGH child, more days than were agreed: nothing is deferred before the supervisor agrees. */
  readonly asks: boolean;
  /** The absence on record in whose place this one stands; null for one of its own. */
  readonly replaces: string | null;
}

/** 回来了. */
export interface EndAbsence {
  readonly type: 'end-absence';
  readonly returnId: string;
  readonly childId: string;
  readonly on: LocalDate;
  /** The return on record in whose place this one stands; null for one of its own. */
  readonly replaces: string | null;
}

/** 没有走, or not back at all: words about an absence that were a mistake, taken back; they stay readable. */
export interface WithdrawAbsence {
  readonly type: 'withdraw-absence';
  readonly childId: string;
  /** Absences and returns. */
  readonly targetIds: readonly string[];
  readonly reason: string | null;
  /** 撤回 within minutes: what they had taken the place of holds again. */
  readonly undo: boolean;
}

/** 同意, 不同意. */
export interface AnswerAbsence {
  readonly type: 'answer-absence';
  readonly absenceId: string;
  readonly childId: string;
  /** Whoever asked, who is told. */
  readonly authorId: string;
  readonly agreed: boolean;
  /** The last day for the visit after the return; null where nobody knows when that is. */
  readonly visitBy: LocalDate | null;
}

/** 去不了: what was in the way, and when the next try is. */
export interface RecordObstacle {
  readonly type: 'record-obstacle';
  readonly obstacleId: string;
  readonly childId: string;
  readonly kind: 'ill' | 'road' | 'refused' | 'other';
  readonly note: string | null;
  /** Null where somebody else may have to go. */
  readonly tryOn: LocalDate | null;
  /** A brother or sister behind the same door: whoever supervises hears of it once. */
  readonly beside?: true;
}

/** Who goes where a family let nobody in. */
export interface AnswerObstacle {
  readonly type: 'answer-obstacle';
  readonly obstacleId: string;
  readonly childId: string;
  readonly authorId: string;
  readonly goes: 'supervisor' | 'director' | 'village';
  /** A brother or sister behind the same door: the director hears of it once. */
  readonly beside?: true;
}

/** 心里没底: a worry told outside any record, on record in the moment it is said. */
export interface OpenConcern {
  readonly type: 'open-concern';
  readonly concernId: string;
  readonly childId: string;
  readonly outcome: Exclude<ContactOutcome, 'none'>;
  readonly words: string | null;
}

/** 叫督导员打给我: somebody asks to be called, whatever it is about. */
export interface AskCall {
  readonly type: 'ask-call';
  /** What was said besides; whoever calls reads it. */
  readonly said: string | null;
}

/** What became of a concern; `open` where a later look worries more, `closed` where a person says that all is well. */
export interface AnswerConcern {
  readonly type: 'answer-concern';
  readonly concernId: string;
  readonly answer: 'call-asked' | 'reported' | 'follow-up' | 'open' | 'closed';
  readonly followUpOn: LocalDate | null;
  /** What was written while nobody could talk; whoever calls reads it. */
  readonly said?: string | null;
}

/** 打过了: this person called, or tried to. */
export interface CallMade {
  readonly type: 'call-made';
  readonly callIds: readonly string[];
}

/** What came of a call; with `no-answer` it is asked for again. */
export interface CallOutcome {
  readonly type: 'call-outcome';
  readonly callId: string;
  readonly outcome: 'well' | 'report' | 'follow-up' | 'no-answer';
  readonly words: string | null;
}

/** 跟进: somebody comes back to it by a day. With a concern its text stays empty; without one it is a promise (约定). */
export interface OpenFollowUp {
  readonly type: 'open-follow-up';
  readonly followUpId: string;
  readonly childId: string;
  /** The record it was agreed in. */
  readonly contactId: string | null;
  readonly concernId: string | null;
  /** The worker who answers for it; null is whoever says so. */
  readonly ownerId: string | null;
  readonly text: string | null;
  readonly dueOn: LocalDate;
}

/** A person ends a follow-up: 做到了, 好了 (done) or 不用了 (dropped). */
export interface CloseFollowUp {
  readonly type: 'close-follow-up';
  readonly followUpId: string;
  /** The revision that was shown: whoever comes second finds it changed. */
  readonly rev: number;
  readonly state: 'done' | 'dropped';
  /** The record in which it was answered. */
  readonly contactId: string | null;
}

/** 还没, 还要看着: another day; it stays open. */
export interface MoveFollowUp {
  readonly type: 'move-follow-up';
  readonly followUpId: string;
  readonly rev: number;
  readonly dueOn: LocalDate;
}

/** 投诉建议. */
export interface GiveFeedback {
  readonly type: 'give-feedback';
  readonly feedbackId: string;
  readonly text: string;
}

/** 通知: the same words for every director of the author's area. */
export interface SendNotice {
  readonly type: 'send-notice';
  readonly noticeId: string;
  readonly text: string;
}

/** 撤回通知: what can still be taken back is. */
export interface RecallNotice {
  readonly type: 'recall-notice';
  readonly noticeId: string;
}

/** Children's data was shown on one screen (未成年人网络保护条例 第36条: every access is logged). */
export interface NoteAccess {
  readonly type: 'note-access';
  readonly screen: string;
  readonly childIds: readonly string[];
}

/** 不得联系: from a day on nobody writes to or calls this adult. */
export interface MarkNoContact {
  readonly type: 'mark-no-contact';
  readonly markId: string;
  readonly childId: string;
  readonly personKind: 'guardian' | 'carer';
  readonly personId: string;
  readonly reason: NoContactReason;
  /** The paper it follows from; null where nobody was asked for one. */
  readonly source: string | null;
  readonly fromOn: LocalDate;
  /** The directors of the child, who are told to look at the card. */
  readonly tells: readonly string[];
}

/** The mark no longer holds; it stays readable. */
export interface LiftNoContact {
  readonly type: 'lift-no-contact';
  readonly markId: string;
  readonly childId: string;
  readonly personId: string;
  /** Why, and by which paper; null where nobody was asked. */
  readonly why: string | null;
  readonly tells: readonly string[];
}

/** What a director wishes about the way through the week, all of it. */
export interface KeepRoute {
  readonly type: 'keep-route';
  readonly wishes: readonly Wish[];
}

/** 打印: a paper form is made and kept, so that its numbers can be typed in later. */
export interface PrintForm {
  readonly type: 'print-form';
  readonly formId: string;
  readonly fileId: string;
  readonly tripOn: LocalDate;
  /** Who stands at which number. */
  readonly childIds: readonly string[];
  readonly sheet: Sheet;
}

/** A voice message, a photo or a place that belongs to a record. */
export interface AttachToRecord {
  readonly type: 'attach-to-record';
  readonly contactId: string;
  readonly childId: string;
  readonly sent: Sent;
}

/** A photo or a place kept with a child; without a child it stays with its sender. */
export interface AttachToChild {
  readonly type: 'attach-to-child';
  readonly childId: string | null;
  readonly sent: Sent;
}

/** What the reporter sent while telling a report. */
export interface AttachToReport {
  readonly type: 'attach-to-report';
  readonly reportId: string;
  readonly number: string;
  readonly sent: Sent;
}

/** A family's voice message or photo: somebody has to listen to it, or look at it. */
export interface KeepForListening {
  readonly type: 'keep-for-listening';
  readonly sent: Sent;
  /** Whoever sends it has called for help, and the report has not ended. */
  readonly afterHelp: boolean;
  /** Whom they keep from a report of theirs. */
  readonly keptFrom: readonly string[];
}

/** What is said in a voice record, written down: a superseding record with these words in its note. */
export interface AddVoiceWords {
  readonly type: 'add-voice-words';
  readonly contactId: string;
  readonly targetId: string;
  readonly text: string;
}

/** 请假: away between two days, both included, and who stands in. */
export interface TakeLeave {
  readonly type: 'take-leave';
  readonly leaveId: string;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  readonly substituteId: string | null;
  readonly substituteName: string | null;
}

/** 销假: back before the last day. */
export interface EndLeave {
  readonly type: 'end-leave';
  readonly leaveId: string;
  readonly substituteId: string | null;
}

/** 换班 and lines of the duty roster, filed in a conversation; all of them or none. */
export interface FileDuty {
  readonly type: 'file-duty';
  readonly lines: readonly DutyLine[];
}

/** 绑定手机: a code by which the same person is known on another channel. */
export interface MakeLinkCode {
  readonly type: 'make-link-code';
  readonly code: string;
}

/** The person changed the bot's habits for one account. */
export interface ChangeSettings {
  readonly type: 'change-settings';
  readonly change: SettingsChange;
}

/** The person chose another language. */
export interface ChooseLanguage {
  readonly type: 'choose-language';
  readonly language: 'zh-CN' | 'en';
}

/** What a conversation wants done. Services carry it out, all of it or nothing. */
export type Command =
  | RecordContact
  | WithdrawContact
  | CorrectContact
  | RecordAbsence
  | EndAbsence
  | WithdrawAbsence
  | AnswerAbsence
  | RecordObstacle
  | AnswerObstacle
  | OpenConcern
  | AnswerConcern
  | AskCall
  | CallMade
  | CallOutcome
  | OpenFollowUp
  | CloseFollowUp
  | MoveFollowUp
  | ReportCommand
  | TipCommand
  | BindingCommand
  | GiveFeedback
  | SendNotice
  | RecallNotice
  | CampaignCommand
  | NoteAccess
  | ChooseLanguage
  | ChangeSettings
  | MakeLinkCode
  | TakeLeave
  | FileDuty
  | EducationCommand
  | EndLeave
  | MarkNoContact
  | LiftNoContact
  | KeepRoute
  | PrintForm
  | AttachToRecord
  | AttachToChild
  | AttachToReport
  | KeepForListening
  | FamilyRequestCommand
  | AddVoiceWords
  | VisitCommand
  | SendLetter
  | AnswerNudge;
