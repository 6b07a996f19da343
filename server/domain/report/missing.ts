import type { ReportAnswers, ReportLine } from './answers.ts';
import { REPORT_KIND_RULES, UNKNOWN_KIND_RULE } from './kinds.ts';
import { stepOf } from './steps.ts';

/** What a report still lacks; asked of whoever took it, never of its reporter. */
export type Missing = 'kind' | 'child' | 'place' | 'danger-now' | 'police' | 'police-number';

/**
 * What is missing of a report, in the order in which it helps to ask. It stays incomplete until a person confirmed the
 * step to the police where one is due, or wrote why none is (未成年人保护法 第11条).
 */
export function missingOf(
  answers: ReportAnswers,
  lines: readonly ReportLine[],
  childKnown: boolean,
): readonly Missing[] {
  const steps = lines.flatMap((line) => (line.kind === 'step' ? (stepOf(line.value) ?? []) : []));
  const police = steps.filter(({ step }) => step === 'police');
  const { policeDue } = answers.kind === null ? UNKNOWN_KIND_RULE : REPORT_KIND_RULES[answers.kind];
  const policeSettled = police.length > 0 || steps.some(({ step }) => step === 'police-not-due');
  return [
    ...(answers.kind === null ? (['kind'] as const) : []),
    ...(childKnown || answers.childSaid !== null ? [] : (['child'] as const)),
    ...(answers.place === null ? (['place'] as const) : []),
    ...(answers.dangerNow === null ? (['danger-now'] as const) : []),
    ...(policeDue && !policeSettled ? (['police'] as const) : []),
    ...(police.length > 0 && police.every(({ caseNumber }) => caseNumber === null)
      ? (['police-number'] as const)
      : []),
  ];
}
