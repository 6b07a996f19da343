import type { ReportStepKind } from './steps.ts';

/** 强制报告 opened by the word itself (未成年人保护法 第11条). Nothing may delay or undo it. */
export interface OpenReport {
  readonly type: 'open-report';
  readonly reportId: string;
  readonly number: string;
  readonly words: string | null;
  readonly childId: string | null;
  readonly concernId: string | null;
  /** Who must not hear of it, by the very words that opened it or by what is known of them. */
  readonly excludes: readonly string[];
  readonly why?: KeptUnasked;
  /** 演练: it walks the whole path and wakes nobody. */
  readonly drill: boolean;
}

/** Further words of the reporter; append-only. */
export interface AddReportWords {
  readonly type: 'add-report-words';
  readonly reportId: string;
  readonly text: string;
}

/** What a report is asked: by its reporter as long as they like, later by whoever took it. */
export interface AnswerReport {
  readonly type: 'answer-report';
  readonly reportId: string;
  readonly answer:
    'kind' | 'child' | 'place' | 'danger-now' | 'child-safe' | 'shared-phone' | 'cannot-talk' | 'idle';
  /** What a program reads of it. */
  readonly value: string | null;
  /** The words of it. */
  readonly text: string | null;
  /** The child of the roster it is about, where that was the question. */
  readonly childId?: string;
}

/** 不让谁知道: these people are skipped from now on, and read nothing. */
export interface ExcludeFromReport {
  readonly type: 'exclude-from-report';
  readonly reportId: string;
  readonly workerIds: readonly string[];
  readonly why?: KeptUnasked;
}

/**
 * Why somebody is kept from a report where nobody asked for it, by their id: they are `named` as the one who did it, or
 * they are `family`, for they share a telephone with the child's home (domain rules 5.1, rule 7).
 */
export type KeptUnasked = Readonly<Record<string, 'named' | 'family'>>;

/** The same matter as a report this person opened before: read and answered as one. */
export interface JoinReport {
  readonly type: 'join-report';
  readonly reportId: string;
  readonly joinsId: string;
}

/** 进展: what was done about a report. */
export interface ReportStep {
  readonly type: 'report-step';
  readonly reportId: string;
  readonly step: ReportStepKind;
  readonly text: string;
  /** The number under which the police took it; null where it is not known, or it is another step. */
  readonly caseNumber: string | null;
}

/** What the reporter is told, and whether a person tells it instead of this chat. */
export interface ReporterReply {
  readonly text: string | null;
  readonly byPerson: boolean;
}

/** 办结, or 误报 with its reason. */
export interface EndReport {
  readonly type: 'end-report';
  readonly reportId: string;
  readonly as: 'outcome' | 'false-alarm';
  readonly text: string;
  /** Why the police were not told, where that was due; null where it is settled. */
  readonly policeNotDue: string | null;
  /** Null where the reporter is to be told later. */
  readonly reply: ReporterReply | null;
}

/** 回复报告人, after the outcome. */
export interface TellReporter {
  readonly type: 'tell-reporter';
  readonly reportId: string;
  readonly reply: ReporterReply;
}

/** 收到: this person takes it. */
export interface AcknowledgeReport {
  readonly type: 'acknowledge-report';
  readonly reportId: string;
}

/** A report was shown to a person. */
export interface ViewReport {
  readonly type: 'view-report';
  readonly reportId: string;
  /** The child it is about; null where nobody knows yet. */
  readonly childId: string | null;
}

/** What is wanted of a mandatory report. */
export type ReportCommand =
  | OpenReport
  | AddReportWords
  | AnswerReport
  | ExcludeFromReport
  | JoinReport
  | ReportStep
  | EndReport
  | TellReporter
  | AcknowledgeReport
  | ViewReport;
