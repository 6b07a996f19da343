import { parse } from 'yaml';
import { z } from 'zod';
import type { RiskTier } from '../domain/cadence/child-facts.ts';
import { carePolicySchema, type CarePolicy } from '../domain/cadence/policy.ts';
import { type LocalDate, parseLocalDate } from '../domain/local-date.ts';
import type { PolicyProblem } from './policy-problems.ts';

/** More than any version needs; a file above it is something else. */
export const POLICY_FILE_BYTES = 100_000;
/** What `area` says for the plan itself. */
const PLAN = 'plan';
const SOURCE_LENGTH = 300;

type TierDraft = Readonly<Record<string, unknown>>;

/** A version as its file describes it: only the numbers it names, not yet checked. */
export interface PolicyDraft {
  /** Null for the plan itself. */
  readonly areaCode: string | null;
  readonly from: LocalDate;
  readonly source: string;
  readonly tiers: Readonly<Partial<Record<RiskTier, TierDraft | undefined>>>;
  readonly numbers: Readonly<Record<string, unknown>>;
}

export type Refusable<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

const number = z.unknown().optional();
const tier = z
  .strictObject({
    contactEveryMonths: number,
    visitEveryMonths: number,
    maxGapDays: number,
    visitIntervalDays: number,
  })
  .optional();
const fileSchema = z.strictObject({
  area: z.union([z.string(), z.number()]).optional(),
  from: z.string().optional(),
  source: z.string().optional(),
  tiers: z.strictObject({ low: tier, medium: tier, high: tier }).optional(),
  firstVisitDays: number,
  riseToHighDays: number,
  riseToMediumDays: number,
  talkDays: number,
  returnVisitDays: number,
  stagesBeforeDays: number,
  overdueAfterDays: number,
  overdueEveryDays: number,
});

/** Reads the words of a file; every problem is named, not only the first. */
export function readPolicyFile(text: string): Refusable<PolicyDraft> {
  const parsed = parsedYaml(text);
  if (parsed === undefined) return refused([{ code: 'not-yaml' }]);
  const read = fileSchema.safeParse(parsed);
  if (!read.success) return refused(read.error.issues.flatMap((issue) => problemsOf(issue)));
  const { area, from, source, tiers, ...numbers } = read.data;
  const areaCode = String(area ?? '').trim();
  const day = parseLocalDate(from ?? '');
  const words = (source ?? '').trim();
  const problems: PolicyProblem[] = [];
  if (areaCode === '') problems.push({ code: 'area-missing' });
  if (day === null) problems.push({ code: 'from-not-a-day' });
  if (words === '' || words.length > SOURCE_LENGTH) problems.push({ code: 'source-missing' });
  if (problems.length > 0 || day === null) return refused(problems);
  const value = { areaCode: areaCode === PLAN ? null : areaCode, from: day, source: words, numbers };
  return { ok: true, value: { ...value, tiers: tiers ?? {} } };
}

/** The whole version: what the file does not name is as in `base`, sources included. */
export function completed(
  { areaCode, from, source, tiers, numbers }: PolicyDraft,
  base: CarePolicy,
  { id, version }: Pick<CarePolicy, 'id' | 'version'>,
): Refusable<CarePolicy> {
  const { cityCode: _never, ...rest } = base;
  const named = [
    ...Object.keys(numbers),
    ...Object.entries(tiers).flatMap(([name, own]) =>
      Object.keys(own ?? {}).map((key) => `tiers.${name}.${key}`),
    ),
  ];
  const merged = {
    ...rest,
    ...numbers,
    id,
    version,
    areaCode,
    validFrom: from,
    source,
    tiers: {
      low: { ...base.tiers.low, ...tiers.low },
      medium: { ...base.tiers.medium, ...tiers.medium },
      high: { ...base.tiers.high, ...tiers.high },
    },
    sources: { ...base.sources, ...Object.fromEntries(named.map((field) => [field, source])) },
  };
  const checked = carePolicySchema.safeParse(merged);
  if (checked.success) return { ok: true, value: checked.data };
  const fields = checked.error.issues.map(({ path }) => fieldOf(path));
  return refused([...new Set(fields)].map((field) => ({ code: 'number-wrong', field })));
}

function refused(problems: readonly PolicyProblem[]): Refusable<never> {
  return { ok: false, problems };
}

/** Undefined where the words are no YAML. */
function parsedYaml(text: string): unknown {
  try {
    return parse(text) ?? null;
  } catch {
    return undefined;
  }
}

function problemsOf(issue: z.core.$ZodIssue): readonly PolicyProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ code: 'key-unknown', field: fieldOf([...issue.path, key]) }));
  const field = fieldOf(issue.path);
  if (field === '') return [{ code: 'not-yaml' }];
  if (field === 'area') return [{ code: 'area-missing' }];
  if (field === 'from') return [{ code: 'from-not-a-day' }];
  if (field === 'source') return [{ code: 'source-missing' }];
  return [{ code: 'number-wrong', field }];
}

/** `tiers.high.visitIntervalDays`; the place within a list is left out. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path.filter((part) => typeof part === 'string').join('.');
}
