/**
 * What a mandatory report is about, in plain words. The nine situations of the 2020 Opinion of nine ministries, art. 4,
 * and the plan's own triggers, gathered so that somebody in a hurry can choose.
 */
export const REPORT_KINDS = [
  'violence',
  'sexual',
  'missing',
  'unattended',
  'self-harm',
  'accident',
  'no-guardian',
  'exploited',
  'other',
] as const;

export type ReportKind = (typeof REPORT_KINDS)[number];

/** Who has to hear of a report besides those who climb its ladder (未成年人保护法 第11条: 公安、民政、教育等部门). */
export type Receiver = 'police' | 'civil-affairs' | 'education' | 'hospital' | 'village';

/** The rule of one kind. */
export interface ReportKindRule {
  /** What is called first where somebody is in danger or hurt now; null where the police station is called, not 110. */
  readonly callFirst: '110' | '120' | null;
  readonly receivers: readonly Receiver[];
  /** Whether the record stays incomplete until a person confirmed the step to the police. */
  readonly policeDue: boolean;
  readonly source: string;
}

/**
 * Receivers by kind (the plan; 未成年人保护法 第11、118条; 反家庭暴力法 第14、20条). The school is a receiver only where it is
 * concerned and not suspected, which is asked of whoever takes the report.
 */
export const REPORT_KIND_RULES: Readonly<Record<ReportKind, ReportKindRule>> = {
  violence: {
    callFirst: '110',
    receivers: ['police', 'civil-affairs', 'education', 'hospital'],
    policeDue: true,
    source: '九部门意见 第4条(四); 反家庭暴力法 第14条',
  },
  sexual: {
    callFirst: '110',
    receivers: ['police', 'civil-affairs', 'education', 'hospital'],
    policeDue: true,
    source: '九部门意见 第4条(一)(二)(三)',
  },
  missing: {
    callFirst: '110',
    receivers: ['police', 'civil-affairs', 'education'],
    policeDue: true,
    source: '九部门意见 第4条(七)',
  },
  unattended: {
    callFirst: null,
    receivers: ['police', 'civil-affairs', 'education', 'village'],
    policeDue: true,
    source: '九部门意见 第4条(六); the plan: living alone away from guardianship',
  },
  'self-harm': {
    callFirst: '120',
    receivers: ['hospital', 'police', 'civil-affairs', 'education'],
    policeDue: true,
    source: '九部门意见 第4条(五)',
  },
  accident: {
    callFirst: '120',
    receivers: ['hospital', 'police', 'civil-affairs', 'education'],
    policeDue: false,
    source: 'the plan: suspected accident',
  },
  'no-guardian': {
    callFirst: null,
    receivers: ['police', 'civil-affairs', 'village'],
    policeDue: true,
    source: 'the plan: guardian lost capacity, or does not perform the duties; 未成年人保护法 第118条',
  },
  exploited: {
    callFirst: '110',
    receivers: ['police', 'civil-affairs', 'education'],
    policeDue: true,
    source: '九部门意见 第4条(五)(八)',
  },
  other: {
    callFirst: '110',
    receivers: ['police', 'civil-affairs', 'education'],
    policeDue: true,
    source: '九部门意见 第4条(九)',
  },
};

/** Nobody has said yet what it is about: everything that may be due is due (未成年人保护法 第11条). */
export const UNKNOWN_KIND_RULE: ReportKindRule = REPORT_KIND_RULES.other;

/** The kind these words stand for in the record; undefined where they stand for none. */
export function reportKind(value: string | null): ReportKind | undefined {
  return REPORT_KINDS.find((kind) => kind === value);
}
