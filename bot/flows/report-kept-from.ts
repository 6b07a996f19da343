import type { Command } from '../../server/domain/commands.ts';
import type { KeptUnasked } from '../../server/domain/report/commands.ts';
import { filled } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { OnDuty, View } from '../dialog/view.ts';
import { excludedIn } from './report-questions.ts';

const ROLE_WORDS: readonly (readonly [RegExp, OnDuty['role']])[] = [
  [/副督导/u, 'deputy'],
  [/(?<!副)督导|乡镇|镇里|镇上/u, 'supervisor'],
  [/民政|县里(?!领导)/u, 'county-desk'],
  [/领导|县长/u, 'county-leader'],
];
const UNWANTED = /(?:别|不要|不能|不想|不可以|千万别|莫|不让)(?:让|告诉|通知|给|跟|和|叫|找)?/u;
const CLAUSE = /[，。,.;；!！?？\s]/u;

/**
 * Whom these words keep from a report, among those who would be told: whoever must not know (别告诉周明远), and whoever is
 * named as the one who did it (周督导打的). Nobody decides whether that is so: the person is passed over, and the county
 * desk begins (domain rules 5.1, rule 7).
 */
export function unwantedIn(text: string, onDuty: readonly OnDuty[]): readonly string[] {
  const clauses = text.split(CLAUSE);
  const kept = onDuty.filter((p) => clauses.some((clause) => mustNotKnow(clause, p) || isAccused(clause, p)));
  return [...new Set(kept.map((p) => p.workerId))];
}

/** Why these people are kept from a report unasked; whoever the words name as the one who did it is `named`. */
export function whyKept(
  text: string | null,
  view: Pick<View, 'onDuty'>,
  family: readonly string[] = [],
): KeptUnasked {
  const clauses = (text ?? '').split(CLAUSE);
  const accused = view.onDuty.filter((p) => clauses.some((clause) => isAccused(clause, p)));
  return Object.fromEntries([
    ...family.map((id) => [id, 'family'] as const),
    ...accused.map(({ workerId }) => [workerId, 'named'] as const),
  ]);
}

/** 别告诉周明远, 不要让督导员知道. */
function mustNotKnow(clause: string, person: OnDuty): boolean {
  const from = clause.search(UNWANTED);
  if (from < 0) return false;
  const words = clause.slice(from);
  if (!/知道|告诉|通知|找|看/u.test(words)) return false;
  return (
    words.includes(person.name) || ROLE_WORDS.some(([said, role]) => role === person.role && said.test(words))
  );
}

const HARM =
  '(?:殴打|毒打|打(?!电话|了?个?电话|来|110|120|听|工|招呼)|揍|踢|踹|扇|掐|绑|捆|关(?:起来|在|了)|摸|抱|亲(?!自|眼|戚|口)|强奸|性侵|猥亵|侵犯|欺负|虐待|威胁|吓唬|骚扰|欺侮)';
const BETWEEN =
  '(?:又|也|就|还|一直|经常|总|老是?|天天|昨天|今天|昨晚|刚才|刚刚|喝醉了?|喝了酒|把[^，。]{1,6}|对[^，。]{1,6}|在|动手)*';

/** 周督导打的, 被周明远打了: the person is named as the one who did it. 周督导说他爸打他 names another. */
function isAccused(clause: string, { name, role }: OnDuty): boolean {
  const called = callsFor(name, role).join('|');
  return new RegExp(`(?:(?:是|被|让|给|遭)?(?:${called}))${BETWEEN}${HARM}`, 'u').test(clause);
}

/** 周明远, 周督导, 老周: how somebody on duty is spoken of. */
function callsFor(name: string, role: OnDuty['role']): readonly string[] {
  const surname = Array.from(name)[0] ?? name;
  const titles = TITLES[role] ?? [];
  return [name, ...titles.map((title) => `${surname}${title}`)];
}

const TITLES: Partial<Readonly<Record<OnDuty['role'], readonly string[]>>> = {
  supervisor: ['督导员', '督导'],
  deputy: ['副督导员', '副督导', '督导员', '督导'],
  'county-desk': ['科员', '科长', '股长', '主任'],
  'county-leader': ['县长', '副县长', '局长', '副局长', '领导'],
};

/** Whoever shares a telephone with the child's home: known relatives are skipped unasked (domain rules 5.1, rule 7). */
export function kinOf({ kin }: View, childId: string | null): readonly string[] {
  return childId === null ? [] : (kin?.get(childId) ?? []);
}

/** The child is known now: its relatives on the ladder are among those who must not hear of it. */
export function withoutKin(frame: Frame, view: View): Frame {
  const more = newKin(frame, view);
  return more.length === 0 ? frame : filled(frame, 'excluded', [...excludedIn(frame), ...more]);
}

/** What that does at once, where the frame before did not know of them. */
export function keepsKin(before: Frame, after: Frame, view: View): readonly Command[] {
  const known = excludedIn(before);
  const workerIds = kinOf(view, childIn(after)).filter((id) => !known.includes(id));
  if (workerIds.length === 0) return [];
  return [
    {
      type: 'exclude-from-report',
      reportId: textOf(before, 'reportId'),
      workerIds,
      why: whyKept(null, view, workerIds),
    },
  ];
}

function newKin(frame: Frame, view: View): readonly string[] {
  const known = excludedIn(frame);
  return kinOf(view, childIn(frame)).filter((id) => !known.includes(id));
}

function childIn({ slots }: Frame): string | null {
  return typeof slots.child === 'string' ? slots.child : null;
}
