import { REPORT_KIND_RULES, UNKNOWN_KIND_RULE, type Receiver } from '../report/kinds.ts';
import type { ReportAnswers } from '../report/answers.ts';
import { nearest, type Directory } from './directory.ts';
import type { Partner, PartnerKind } from './partner.ts';

/** One call, in the order in which they are made. */
export type CallTo =
  /** Somebody is in danger or hurt now: this number before anything else. */
  | { readonly way: 'emergency'; readonly number: '110' | '120' }
  | {
      readonly way: 'partner';
      readonly receiver: Receiver;
      readonly partner: Partner;
      /** Only where nobody of it is suspected: a person has to say so. */
      readonly onlyIfNotSuspected: boolean;
    }
  /** Nobody has entered a number of this receiver for the area. */
  | { readonly way: 'unknown'; readonly receiver: Receiver };

const KINDS_OF: Readonly<Record<Receiver, readonly PartnerKind[]>> = {
  police: ['police'],
  'civil-affairs': ['civil-affairs'],
  education: ['education', 'school'],
  hospital: ['hospital'],
  village: ['village'],
};

/**
 * Who is called about a report, in which order. An emergency number stands first where its kind is one of harm and
 * nobody has said that there is no danger now; or, whatever the kind, where there is danger now. Lost capacity, neglect
 * and living alone go to the police station and civil affairs without it.
 */
export function partnersFor(
  { kind, dangerNow }: Pick<ReportAnswers, 'kind' | 'dangerNow'>,
  directory: Directory,
): readonly CallTo[] {
  const rule = kind === null ? UNKNOWN_KIND_RULE : REPORT_KIND_RULES[kind];
  const number = dangerNow === 'no' ? null : (rule.callFirst ?? (dangerNow === 'yes' ? '110' : null));
  const first: readonly CallTo[] = number === null ? [] : [{ way: 'emergency', number }];
  return [...first, ...rule.receivers.flatMap((receiver) => callsTo(receiver, directory))];
}

function callsTo(receiver: Receiver, directory: Directory): readonly CallTo[] {
  const found = KINDS_OF[receiver].flatMap((kind) => nearest(directory, kind));
  if (found.length === 0) return [{ way: 'unknown', receiver }];
  return found.map((partner) => ({
    way: 'partner',
    receiver,
    partner,
    onlyIfNotSuspected: partner.kind === 'school',
  }));
}
