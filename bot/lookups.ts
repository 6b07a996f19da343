import type { CarePolicy } from '../server/domain/cadence/policy.ts';
import type { DutyDesk } from '../server/domain/escalation/duty-roster.ts';
import type { SafetyEvents } from '../server/domain/education/safety-event.ts';
import type { SchoolCalendar } from '../server/domain/education/school-calendar.ts';
import type { Reachability } from '../server/domain/escalation/named-findings.ts';
import type { Home, HomePerson } from '../server/domain/family/home.ts';
import type { FamilyAsk, OwnRequest } from '../server/domain/family/request.ts';
import type { LetterDesk } from '../server/domain/family/letter.ts';
import type { TipDesk } from '../server/domain/family/tip-desk.ts';
import type { SilentParent } from '../server/domain/family/nudge.ts';
import type { Family, SoughtChild } from '../server/domain/family/family.ts';
import type { SafetyLooking, SafetyView } from '../server/domain/family/safety-view.ts';
import type { FiledRecord } from '../server/domain/filed-record.ts';
import type { FiledWork } from '../server/domain/filed-work.ts';
import { type FollowUp } from '../server/domain/follow-up.ts';
import type { WaitingVoice } from '../server/domain/files/waiting-voice.ts';
import type { LocalDate } from '../server/domain/local-date.ts';
import type { Directory } from '../server/domain/partners/directory.ts';
import type { FeedbackSaid } from '../server/domain/feedback.ts';
import type { NoticeDesk } from '../server/domain/notice.ts';
import type { PrintedForm } from '../server/domain/paper/sheet.ts';
import type { Week } from '../server/domain/route/route-lines.ts';
import type {
  AccountHolder,
  Callable,
  DutyToday,
  LoadedCall,
  LoadedChild,
  LoadedReport,
} from '../server/services/loaded.ts';
import type { ChatAccountRow } from '../server/store/generated/tables.ts';
import type { NoticeChild } from '../server/domain/report/notice.ts';
import type { BoundPhone, WaitingBinding } from '../server/domain/family/invitation.ts';
import type {
  Colleague,
  DutyAhead,
  Invited,
  Looking,
  OwnLeave,
  OwnReport,
  TownshipLine,
  View,
} from './dialog/view.ts';

/** Who looks at safety notices. */
export type SafetyReading = Pick<AccountHolder, 'account' | 'worker'>;

/** What a turn needs to read; each call serves a whole group of people at once. */
export interface Lookups {
  policies(): Promise<readonly CarePolicy[]>;
  holders(accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountHolder>>;
  villagesOfDirectors(
    workerIds: readonly string[],
    today: LocalDate,
  ): Promise<ReadonlyMap<string, readonly string[]>>;
  villagesOfTownships(codes: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  children(
    villageCodes: readonly string[],
    policies: readonly CarePolicy[],
    today: LocalDate,
  ): Promise<readonly LoadedChild[]>;
  filedWork(workerId: string, from: LocalDate, until: LocalDate): Promise<FiledWork>;
  followUps(childIds: readonly string[]): Promise<ReadonlyMap<string, readonly FollowUp[]>>;
  /** Who fills the roles of these areas, and the roster that says so. */
  duty(areaCodes: readonly string[], today: LocalDate): Promise<DutyToday>;
  reportsToldTo(workerIds: readonly string[]): Promise<ReadonlyMap<string, readonly LoadedReport[]>>;
  /** The reports a person opened that are not closed, the newest first. */
  reportsOpenedBy(personId: string): Promise<readonly OwnReport[]>;
  /** The children that reports are about. */
  reportChildren(childIds: readonly string[]): Promise<ReadonlyMap<string, NoticeChild>>;
  callsToldTo(workerIds: readonly string[]): Promise<ReadonlyMap<string, readonly LoadedCall[]>>;
  /** Workers, guardians and carers: whoever a report names. */
  people(ids: readonly string[]): Promise<ReadonlyMap<string, Callable>>;
  townshipLines(areaCode: string, today: LocalDate): Promise<readonly TownshipLine[]>;
  /** What lies at home with these children. */
  families(childIds: readonly string[], today: LocalDate): Promise<ReadonlyMap<string, Family>>;
  /** What a code is worth to an account. */
  invited(account: ChatAccountRow, code: string, now: Date, today: LocalDate): Promise<Invited>;
  /** Of these children, who bound and waits to be known. */
  waitingBindings(childIds: readonly string[], today: LocalDate): Promise<readonly WaitingBinding[]>;
  /** The phones of a child's guardians and carers. */
  phonesOfChild(childId: string, today: LocalDate): Promise<readonly BoundPhone[]>;
  /** The link by which families come to the service; null where their channel has none. */
  inviteLink(): Promise<string | null>;
  /** The family behind a phone. */
  home(account: ChatAccountRow, today: LocalDate): Promise<Home>;
  /** The guardians and carers of these children, but for those whom nobody may contact. */
  homeAdults(childIds: readonly string[], today: LocalDate): Promise<readonly HomePerson[]>;
  /** What families asked, of which this worker was told. */
  familyAsks(workerId: string, today: LocalDate): Promise<readonly FamilyAsk[]>;
  /** What this phone asked and nobody has answered. */
  ownRequests(accountId: string): Promise<readonly OwnRequest[]>;
  /** What the next tip of whoever holds a phone is chosen by. */
  tips(account: ChatAccountRow, today: LocalDate): Promise<TipDesk>;
  /** Who would read a letter about the newest visit of a worker to a child. */
  letter(childId: string, workerId: string, today: LocalDate): Promise<LetterDesk>;
  /** The visits to come of these children, and whether and how the homes that are asked for may be told. */
  visits(
    childIds: readonly string[],
    of: NonNullable<Looking['visits']>,
    today: LocalDate,
  ): Promise<NonNullable<View['visits']>>;
  /** The reminders of these people that wait for an answer. */
  nudgesToAnswer(personIds: readonly string[], today: LocalDate): Promise<readonly string[]>;
  /** The buttons of what came to an account by itself since its holder last spoke; null where nothing did. */
  offeredSince(
    account: ChatAccountRow,
  ): Promise<readonly { readonly id: string; readonly label: string }[] | null>;
  /** Parents of these children who got the reminders of weeks and answered none. */
  silentParents(childIds: readonly string[], today: LocalDate): Promise<readonly SilentParent[]>;
  /** The children of a county whose whole name stands in these words, and those with these ids. */
  soughtChildren(
    countyCode: string,
    sought: NonNullable<Looking['sought']>,
    today: LocalDate,
  ): Promise<readonly SoughtChild[]>;
  /** Where these children live, the working days ahead, and what the worker wished about the way. */
  week(workerId: string, childIds: readonly string[], today: LocalDate): Promise<Week>;
  /** What nobody has listened to yet in these areas, the oldest first. */
  listening(areaCodes: readonly string[]): Promise<readonly WaitingVoice[]>;
  /** What an alert would not reach in a county, or in one township of it. */
  reachability(areaCode: string, withChildren: boolean, today: LocalDate): Promise<Reachability>;
  /** Every record of a child, by its day; those of a person that hold, by when they were filed. The latest first. */
  recordsOfChild(childId: string): Promise<readonly FiledRecord[]>;
  recordsOfAuthor(workerId: string): Promise<readonly FiledRecord[]>;
  /** The present or next leave of each of these directors. */
  leaves(workerIds: readonly string[], today: LocalDate): Promise<ReadonlyMap<string, OwnLeave>>;
  /** The other directors of a director's township. */
  colleagues(workerId: string): Promise<readonly Colleague[]>;
  /** Who fills the roles of these areas this week and the next. */
  dutyAhead(areaCodes: readonly string[], today: LocalDate): Promise<readonly DutyAhead[]>;
  /** Whoever of a ladder shares a telephone with the home of these children, by the child. */
  kin(
    areaCodes: readonly string[],
    childIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Everybody of an area's county who may stand on the duty roster, and the roster. */
  dutyDesk(areaCode: string): Promise<DutyDesk>;
  /** The offices of a place and of every area above it. */
  directory(areaCode: string, today: LocalDate): Promise<Directory>;
  /** What a turn looks at of the safety notices. */
  campaigns(looking: SafetyLooking, reader: SafetyReading, today: LocalDate): Promise<SafetyView>;
  /** 校历 of a place and of every area above it. */
  schoolCalendar(areaCode: string, today: LocalDate): Promise<SchoolCalendar>;
  /** 安全活动 of a county, as somebody who works in the area sees them. */
  safetyEvents(areaCode: string, countyCode: string): Promise<SafetyEvents>;
  /** The newest 投诉建议 of a county. */
  feedback(countyCode: string): Promise<readonly FeedbackSaid[]>;
  /** Whom a notice of this worker would reach, and the last one. */
  noticeDesk(workerId: string): Promise<NoticeDesk>;
  /** The form this worker printed last; null where none is recent. */
  form(workerId: string, today: LocalDate): Promise<PrintedForm | null>;
  /** Every county of the roster. */
  counties(): Promise<readonly string[]>;
}
