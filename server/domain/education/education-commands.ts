import type { SafetyEvent } from './safety-event.ts';
import type { SchoolBreak } from './school-break.ts';

/** 校历: breaks of schools, entered for the author's area; `replaced` names the rows whose place they take. */
export interface SetSchoolBreaks {
  readonly type: 'set-school-breaks';
  readonly breaks: readonly SchoolBreak[];
  readonly replaced: readonly { readonly id: string; readonly byId: string }[];
}

/** 安全活动: an event or a lecture that was held; `supersedesId` names the record whose place it takes. */
export interface RecordSafetyEvent {
  readonly type: 'record-safety-event';
  readonly event: SafetyEvent;
  readonly supersedesId: string | null;
}

export type EducationCommand = SetSchoolBreaks | RecordSafetyEvent;
