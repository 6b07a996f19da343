/** What somebody who took a report can have done (the plan; 未成年人保护法 第11、92、94、118条). */
export const REPORT_STEPS = [
  'reporter',
  'police',
  'civil-affairs',
  'education',
  'hospital',
  'temporary-guardianship',
  'admonished',
  'other',
] as const;

export type ReportStepKind = (typeof REPORT_STEPS)[number];

/** A step as a program reads it; its words stand beside it as they were written. */
export interface StepValue {
  readonly step: ReportStepKind | 'police-not-due';
  /** The number under which the police took it; null where nobody knows it yet. */
  readonly caseNumber: string | null;
}

/** The step in a line's value; null where it holds none. */
export function stepOf(value: string | null): StepValue | null {
  if (value === null) return null;
  const { step, caseNumber } = JSON.parse(value) as Partial<StepValue>;
  if (step !== 'police-not-due' && !REPORT_STEPS.some((known) => known === step)) return null;
  return step === undefined ? null : { step, caseNumber: caseNumber ?? null };
}
