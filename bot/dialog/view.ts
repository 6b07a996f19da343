import type { AccountSettings } from '../../server/domain/account-settings.ts';
import type { CarePolicy } from '../../server/domain/cadence/policy.ts';
import type { CaseChild } from '../../server/domain/caseload.ts';
import type { SafetyEvents } from '../../server/domain/education/safety-event.ts';
import type { SchoolCalendar } from '../../server/domain/education/school-calendar.ts';
import type { DutyDesk } from '../../server/domain/escalation/duty-roster.ts';
import type { Reachability } from '../../server/domain/escalation/named-findings.ts';
import type { FeedbackSaid } from '../../server/domain/feedback.ts';
import type { SafetyLooking, SafetyView } from '../../server/domain/family/safety-view.ts';
import type { FiledRecord } from '../../server/domain/filed-record.ts';
import type { Home, HomePerson } from '../../server/domain/family/home.ts';
import type { LetterDesk } from '../../server/domain/family/letter.ts';
import type { TipDesk } from '../../server/domain/family/tip-desk.ts';
import type { BoundPhone, CodeFound, WaitingBinding } from '../../server/domain/family/invitation.ts';
import type { FamilyAsk, OwnRequest } from '../../server/domain/family/request.ts';
import type { SilentParent } from '../../server/domain/family/nudge.ts';
import type { Appointment, VisitReach } from '../../server/domain/family/visit.ts';
import type { Family, SoughtChild } from '../../server/domain/family/family.ts';
import type { NoticeDesk } from '../../server/domain/notice.ts';
import type { PrintedForm } from '../../server/domain/paper/sheet.ts';
import type { Week } from '../../server/domain/route/route-lines.ts';
import type { FiledWork } from '../../server/domain/filed-work.ts';
import type { FollowUp } from '../../server/domain/follow-up.ts';
import type { Sent } from '../../server/domain/files/file-ref.ts';
import type { WaitingVoice } from '../../server/domain/files/waiting-voice.ts';
import type { Directory } from '../../server/domain/partners/directory.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import type { ReportAnswers } from '../../server/domain/report/answers.ts';
import type { Missing } from '../../server/domain/report/missing.ts';
import type { NoticeChild } from '../../server/domain/report/notice.ts';
import type { StepValue } from '../../server/domain/report/steps.ts';
import type { WaitingCall } from '../../server/domain/waiting-call.ts';

export type { CaseChild };

export type Role =
  | 'director'
  | 'supervisor'
  | 'deputy'
  | 'county-desk'
  | 'county-leader'
  | 'city-desk'
  | 'province-desk'
  | 'guardian'
  | 'carer'
  | 'stranger';

/** An open report this person was told of, with its story. */
export interface ReportView {
  readonly id: string;
  readonly number: string;
  readonly openedAt: string;
  readonly drill: boolean;
  readonly state: 'open' | 'acknowledged' | 'resolved' | 'closed';
  readonly acknowledgedBy: string | null;
  /** The reporter's name; empty for somebody whose name is not known. */
  readonly reporter: string;
  readonly reporterPhone: string | null;
  /** What the reporter is, where that is known. */
  readonly reporterRole: Role | null;
  /** The number of whoever took it. */
  readonly acknowledgedPhone: string | null;
  readonly reporterKind: 'worker' | 'guardian' | 'carer' | 'unknown';
  readonly areaCode: string | null;
  /** The areas whose roster it keeps. */
  readonly rosterAreas: readonly string[];
  readonly childId: string | null;
  /** The child of the roster it is about, whoever reads it. */
  readonly child: NoticeChild | null;
  readonly words: readonly { readonly at: string; readonly text: string }[];
  /** What was sent besides words. */
  readonly sent: readonly { readonly at: string; readonly sent: Sent }[];
  /** What it is about, as far as anybody has said. */
  readonly answers: ReportAnswers;
  /** What was done about it, in order. */
  readonly steps: readonly {
    readonly at: string;
    readonly by: string;
    readonly step: StepValue;
    readonly text: string;
  }[];
  /** What it still lacks; asked of whoever took it. */
  readonly missing: readonly Missing[];
  readonly endedAs: 'outcome' | 'false-alarm' | 'joined' | null;
  /** The words it ended with; empty while it has none. */
  readonly ending: string;
}

/** A report this person opened that is not closed. */
export interface OwnReport {
  readonly id: string;
  readonly number: string;
  readonly openedAt: string;
  readonly childId: string | null;
  /** Whom this person named as those who must not hear of it. */
  readonly excludedIds: readonly string[];
}

/** Somebody who can be asked or called. */
export interface OnDuty {
  readonly workerId: string;
  readonly role: Role;
  readonly name: string;
  readonly phone: string | null;
}

/** Days in a row on which somebody fills a role. */
export interface DutyAhead {
  readonly role: string;
  readonly name: string;
  readonly phone: string | null;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  /** The name of whoever's place it is, after a swap. */
  readonly replaces: string | null;
}

/** One township in the table of a desk: counts only, no names and no ranking. */
export interface TownshipLine {
  readonly name: string;
  readonly children: number;
  readonly overdue: number;
}

/** Another director of the township, who may stand in. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly village: string;
}

/** A director's own leave, with the name of whoever stands in. */
export interface OwnLeave {
  readonly id: string;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  readonly substituteId: string | null;
  readonly substitute: string | null;
}

/** What a turn looks at besides the view: most turns look at nothing. */
export interface Looking {
  /** The children whose families are needed. */
  readonly families: readonly string[];
  /** Whether the way through the week is needed. */
  readonly week: boolean;
  /** Whether what waits to be listened to is needed. */
  readonly listening: boolean;
  /** The stored records that are talked of: a child's, or (null) the person's own. Absent where none are. */
  readonly records?: { readonly childId: string | null };
  /** Whether the other directors of the township are needed. */
  readonly colleagues?: boolean;
  /** Whether the reports this person opened are needed. */
  readonly ownReports?: boolean;
  /** Whether the duty roster of the days ahead is needed. */
  readonly duties?: boolean;
  /** Whether the roster is about to be changed. */
  readonly dutyDesk?: boolean;
  /** Whether the numbers of the area are needed. */
  readonly numbers?: boolean;
  /** Whether the last paper form is needed. */
  readonly form: boolean;
  /** A child asked for by its whole name, or by its id once it was found; a desk answers for no children of its own. */
  readonly sought?: { readonly words: string | null; readonly ids: readonly string[] };
  /** Whether what an alert would not reach is needed, with the names of the children or without. */
  readonly reachability?: 'findings' | 'children';
  /** Whether what people told the county is needed. */
  readonly feedback?: boolean;
  /** Whether what a notice needs is needed. */
  readonly notice?: boolean;
  /** Whether the family behind this phone is needed, and what it asked. */
  readonly home?: boolean;
  /** The child whose parents far away may be written to. */
  readonly letterOf?: string | undefined;
  /** Whether what their next tip is chosen by is needed. */
  readonly tips?: boolean;
  /** A code that somebody of a family typed. */
  readonly code?: string;
  /** Whether those who bound and wait to be known are needed. */
  readonly bindings?: boolean;
  /** The child whose adults' phones are needed. */
  readonly phonesOf?: string;
  /** Whether the other adults of that family are needed. */
  readonly homeAdults?: boolean;
  /** Whether what families asked is needed. */
  readonly familyAsks?: boolean;
  /** Whether 校历 is needed. */
  readonly calendar?: boolean;
  /** Whether what was taught is needed. */
  readonly safety?: boolean;
  /** What of the safety notices is needed. */
  readonly campaigns?: SafetyLooking;
  /** Whether visits to come are needed, and of which homes whether they may be told: named, or those of an appointment. */
  readonly visits?: { readonly homes: readonly string[]; readonly of: string | null } | undefined;
  /** Whether weekly reminders are needed: those a parent answers, or who answered none. */
  readonly nudges?: 'answer' | 'silent' | undefined;
  /** The days of which the person's own work is needed. */
  readonly filed?: { readonly from: LocalDate; readonly until: LocalDate };
}

/** A code that was typed. */
export interface Invited {
  readonly found: CodeFound;
  /** The directors of the child it was made for. */
  readonly directorIds: readonly string[];
  /** So many codes may still be wrong. */
  readonly triesLeft: number;
}

/** Everything the dialog may know in this turn; loaded before, never fetched during it. */
export interface View {
  readonly personId: string | null;
  readonly role: Role;
  readonly name: string;
  readonly areaName: string;
  readonly today: LocalDate;
  /** How this account wants to be spoken to. */
  readonly settings: AccountSettings;
  /** The present or next leave of a director; null for everybody else. */
  readonly leave: OwnLeave | null;
  /** The children this person answers for, most urgent first. */
  readonly caseload: readonly CaseChild[];
  /** The open follow-ups of these children that this person may read, the earliest due first. */
  readonly followUps: readonly FollowUp[];
  /** The care policy's versions that hold where this person works, by the day each takes over. */
  readonly policies: readonly CarePolicy[];
  /** For a desk above the township: how many are overdue, by township. Null for everybody else. */
  readonly countyTable: readonly TownshipLine[] | null;
  readonly reports: readonly ReportView[];
  /** The calls this person was asked to make, the longest waiting first. */
  readonly calls: readonly WaitingCall[];
  readonly onDuty: readonly OnDuty[];
  /** The reports this person opened that are not closed, the newest first; absent in turns that do not look at them. */
  readonly ownReports?: readonly OwnReport[];
  /** Whoever of the ladder shares a telephone with a child's home, by the child; absent where no report is told. */
  readonly kin?: ReadonlyMap<string, readonly string[]>;
  /** The stored records this turn talks of; empty in every other turn. */
  readonly records: readonly FiledRecord[];
  /** The families of the children this turn looks at; absent in every other turn. */
  readonly families?: ReadonlyMap<string, Family>;
  /** The children a county desk asked for by name; absent in every other turn. */
  readonly sought?: readonly SoughtChild[];
  /** The other directors of the township; absent in turns that do not look at them. */
  readonly colleagues?: readonly Colleague[];
  /** Who fills which role this week and the next; absent in turns that do not look at it. */
  readonly dutyAhead?: readonly DutyAhead[];
  /** Who may stand on the duty roster, and the roster; absent in turns that do not change it. */
  readonly dutyDesk?: DutyDesk;
  /** Whom to call around this person's place; absent in turns that do not look at it. */
  readonly directory?: Directory;
  /** Whom a notice would reach, and the last one; absent in turns that do not look at it. */
  readonly notice?: NoticeDesk;
  /** What the way through the week is made of; absent in turns that do not look at it. */
  readonly week?: Week;
  /** What waits to be listened to; absent in turns that do not ask for it. */
  readonly listening?: readonly WaitingVoice[];
  /** The paper form this person printed last; absent in turns that do not look at it. */
  readonly form?: PrintedForm;
  /** Whom an alert would not reach in the area of whoever asks; absent in every other turn. */
  readonly reachability?: Reachability;
  /** What people told the county, the newest first; absent in turns that do not ask for it. */
  readonly feedback?: readonly FeedbackSaid[];
  /** The family behind this phone; absent in turns of workers. */
  readonly home?: Home;
  /** What a family's next tip is chosen by; absent in turns that do not ask for one. */
  readonly tips?: TipDesk;
  /** Who would read a letter about a child's visit; absent in turns that write none. */
  readonly letter?: LetterDesk;
  /** What the code of this turn is worth, and who can say whose it is; absent where none was typed. */
  readonly invited?: Invited;
  /** Who bound and waits to be known; absent in turns that do not look at it. */
  readonly bindings?: readonly WaitingBinding[];
  /** The link by which a family comes to the service, where its channel has one; absent where nobody is invited. */
  readonly inviteLink?: string | null;
  /** The phones of a child's adults; absent in turns that do not look at them. */
  readonly phones?: readonly BoundPhone[];
  /** The adults of its children who may be named on this phone; absent in turns that do not ask who looks after them. */
  readonly homeAdults?: readonly HomePerson[];
  /** What this phone asked and nobody has answered; absent in turns of workers. */
  readonly ownRequests?: readonly OwnRequest[];
  /** What families asked, of which this worker was told; absent in turns that do not ask for it. */
  readonly familyAsks?: readonly FamilyAsk[];
  /** When schools are on holiday around this person's place; absent in turns that do not look at it. */
  readonly calendar?: SchoolCalendar;
  /** What was taught in the county; absent in turns that do not look at it. */
  readonly safety?: SafetyEvents;
  /** The safety notices this turn looks at; absent in every other turn. */
  readonly campaigns?: SafetyView;
  /** Visits to come, the next day first, and how homes are told of them; absent in turns that do not look at them. */
  readonly visits?: {
    readonly appointments: readonly Appointment[];
    readonly reach: ReadonlyMap<string, VisitReach>;
  };
  /** Weekly reminders that wait for this phone's answer, or parents who answered none; absent in every other turn. */
  readonly nudges?: { readonly keys?: readonly string[]; readonly silent?: readonly SilentParent[] };
  /** What the person filed in the days this turn looks at; absent in every other turn. */
  readonly filed?: FiledWork;
}

/** The child of the caseload with this id. */
export function childOf(view: View, childId: unknown): CaseChild | undefined {
  return view.caseload.find((child) => child.id === childId);
}

/** Whoever holds a family's phone, known or not. */
export function isFamily({ role }: Pick<View, 'role'>): boolean {
  return role === 'guardian' || role === 'carer' || role === 'stranger';
}
