import fc from 'fast-check';
import { ENCOUNTER_MODES, type Encounter, type RiskTier } from '../../server/domain/cadence/child-facts.ts';
import { addDays, parseLocalDate, shanghaiInstant, type LocalDate } from '../../server/domain/local-date.ts';
import { answerAbsence, endAbsence, recordAbsence, withdrawAbsence } from '../../server/services/absence.ts';
import { decided, type Acting, type Decision } from '../../server/services/acting.ts';
import { update, type Batch } from '../../server/services/batch.ts';
import { cadenceColumns } from '../../server/services/cadence-record.ts';
import { correctContact } from '../../server/services/correct-contact.ts';
import type { ChildHistory } from '../../server/services/loaded.ts';
import { recordObstacle } from '../../server/services/obstacle.ts';
import { recordContact, withdrawContact } from '../../server/services/record-contact.ts';
import { addVoiceWords } from '../../server/services/voice-words.ts';
import type { ContactRow } from '../../server/store/generated/tables.ts';

/** Where a child's rows are kept. */
export interface ChildRows {
  history(): Promise<ChildHistory>;
  contact(id: string): Promise<ContactRow>;
  commit(batch: Batch): Promise<void>;
}

interface Met {
  readonly mode: Encounter['mode'];
  readonly seen: boolean;
  readonly nobody: boolean;
}

/** What somebody does about a child; `day` is the day it speaks of, as days after the start. */
type Act = { readonly day: number; readonly delay: number } & (
  | ({ readonly is: 'record' | 'correct' } & Met)
  | { readonly is: 'mistake' | 'voice' | 'undo' }
  | { readonly is: 'away' | 'away-otherwise'; readonly days: number | null; readonly asks: boolean }
  | { readonly is: 'agree' | 'disagree' | 'not-away' }
  | { readonly is: 'back' | 'back-otherwise' | 'not-back' }
  | { readonly is: 'obstacle'; readonly kind: 'ill' | 'refused'; readonly tryIn: number | null }
  | { readonly is: 'tier'; readonly tier: RiskTier }
);

/** One thing and what is said of it afterwards, in this order: a correction comes after what it corrects. */
export type Thread = readonly [Act, ...Act[]];

export const START = day('2027-11-20'); // the days that follow hold a year's end and a leap day
const LONGEST = 110;
/** Later than any act is filed. */
export const END = addDays(START, LONGEST * 2);

const when = { day: fc.integer({ min: 0, max: LONGEST }), delay: fc.integer({ min: 0, max: 40 }) };
const atOnce = { day: when.day, delay: fc.constant(0) };
const met = {
  mode: fc.constantFrom(...ENCOUNTER_MODES),
  seen: fc.boolean(),
  nobody: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
};
const span = {
  days: fc.option(fc.integer({ min: 0, max: 60 })),
  asks: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
};
const is = <const T extends string>(...words: readonly T[]) => fc.constantFrom(...words);

const record: fc.Arbitrary<Thread> = fc
  .tuple(
    fc.record({ ...when, ...met, is: is('record') }),
    fc.array(
      fc.oneof(
        fc.record({ ...when, ...met, is: is('correct') }),
        fc.record({ ...when, is: is('voice', 'mistake', 'undo') }),
      ),
      { maxLength: 2 },
    ),
  )
  .map(([first, then]) => [first, ...then]);
const away: fc.Arbitrary<Thread> = fc
  .tuple(
    fc.record({ ...when, ...span, is: is('away') }),
    fc.array(
      fc.oneof(
        fc.record({ ...when, ...span, is: is('away-otherwise') }),
        fc.record({ ...when, is: is('agree', 'disagree', 'not-away') }),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([first, then]) => [first, ...then]);
const back: fc.Arbitrary<Thread> = fc
  .tuple(
    fc.record({ ...when, is: is('back') }),
    fc.array(fc.record({ ...when, is: is('back-otherwise', 'not-back') }), { maxLength: 1 }),
  )
  .map(([first, then]) => [first, ...then]);
const obstacle: fc.Arbitrary<Thread> = fc
  .record({
    ...atOnce,
    is: is('obstacle'),
    kind: is('ill', 'refused'),
    tryIn: fc.option(fc.integer({ min: 1, max: 9 })),
  })
  .map((a) => [a]);
const tier: fc.Arbitrary<Thread> = fc
  .record({
    ...atOnce,
    is: is('tier'),
    tier: is('low', 'medium', 'high'),
  })
  .map((a) => [a]);

/** Whatever may be told of one child. */
export const anyThreads: fc.Arbitrary<readonly Thread[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: record },
    { weight: 3, arbitrary: away },
    { weight: 2, arbitrary: back },
    { weight: 1, arbitrary: obstacle },
    { weight: 1, arbitrary: tier },
  ),
  { minLength: 1, maxLength: 9 },
);

interface Filing {
  readonly act: Act;
  readonly thread: number;
  readonly step: number;
  /** Days after the start. */
  readonly filedOn: number;
}

/** The acts as they are filed, some long after their day. */
export function asFiled(threads: readonly Thread[]): readonly Filing[] {
  return filings(threads, (a) => a.day + a.delay).sort(byFiling);
}

/** The same acts, each on the day it speaks of; those of one day in the order in which they were filed. */
export function asLived(threads: readonly Thread[]): readonly Filing[] {
  const filed = asFiled(threads);
  const place = (f: Filing) => filed.findIndex((g) => g.thread === f.thread && g.step === f.step);
  return filings(threads, (a) => a.day).sort((a, b) => a.filedOn - b.filedOn || place(a) - place(b));
}

function filings(threads: readonly Thread[], dayOf: (act: Act) => number): Filing[] {
  return threads.flatMap((acts, thread) => {
    let earliest = 0;
    return acts.map((one, step) => {
      earliest = Math.max(earliest, dayOf(one));
      return { act: one, thread, step, filedOn: earliest };
    });
  });
}

function byFiling(a: Filing, b: Filing): number {
  return a.filedOn - b.filedOn || a.thread - b.thread || a.step - b.step;
}

/** Files the acts one after the other, through the services; `prefix` stands before every id. */
export async function file(filed: readonly Filing[], rows: ChildRows, prefix = ''): Promise<void> {
  const threads = new Map<number, Standing>();
  for (const [place, filing] of filed.entries()) {
    const acting = actingOn(addDays(START, filing.filedOn), place, prefix);
    const before = threads.get(filing.thread) ?? NOTHING;
    const id = `${prefix}t${String(filing.thread)}s${String(filing.step)}`;
    const { decision, after } = await decide(filing.act, id, before, acting, rows);
    threads.set(filing.thread, after);
    if (decision !== null) await rows.commit(decision);
  }
}

/** What a thread's next act is about: the word that holds, the one asked in its place, and the one before it. */
interface Standing {
  readonly holds: string | null;
  readonly asked: string | null;
}

const NOTHING: Standing = { holds: null, asked: null };

interface Decided {
  readonly decision: Decision | null;
  readonly after: Standing;
}

async function decide(
  act: Act,
  id: string,
  before: Standing,
  acting: Acting,
  rows: ChildRows,
): Promise<Decided> {
  const history = await rows.history();
  const { childId } = history;
  const on = addDays(START, act.day);
  switch (act.is) {
    case 'record':
      return holds(
        id,
        recordContact({ type: 'record-contact', ...said(act, id, childId, on) }, acting, history),
      );
    case 'obstacle': {
      const tryOn = act.tryIn === null ? null : addDays(on, act.tryIn);
      const { kind } = act;
      const told = { type: 'record-obstacle', obstacleId: id, childId, kind, note: null, tryOn } as const;
      return holds(id, recordObstacle(told, acting, history, []));
    }
    case 'tier':
      return holds(id, tierChanged(history, act.tier, on, acting));
    case 'back':
      return holds(
        id,
        endAbsence({ type: 'end-absence', returnId: id, childId, on, replaces: null }, acting, history),
      );
    case 'away':
      return told(act, id, before, on, acting, history);
    default:
      return before.holds === null && before.asked === null
        ? { decision: null, after: before }
        : decideLater(act, id, before, on, acting, rows, history);
  }
}

/** What is said later of a word that still holds; of one taken back nothing can be said. */
async function decideLater(
  act: Act,
  id: string,
  before: Standing,
  on: LocalDate,
  acting: Acting,
  rows: ChildRows,
  history: ChildHistory,
): Promise<Decided> {
  const { childId } = history;
  const head = before.asked ?? before.holds ?? '';
  switch (act.is) {
    case 'correct':
    case 'mistake': {
      const target = await rows.contact(head);
      const words = act.is === 'correct' ? said(act, id, childId, on) : said(NOTHING_MET, id, childId, on);
      const correction = {
        type: 'correct-contact',
        targetId: head,
        authorId: 'w1',
        reason: '记错了',
      } as const;
      const mistake = act.is === 'mistake';
      const decision = correctContact({ ...correction, ...words, mistake }, acting, target, history, null);
      return mistake ? { decision, after: NOTHING } : holds(id, decision);
    }
    case 'voice': {
      const words = { type: 'add-voice-words', contactId: id, targetId: head, text: '都好' } as const;
      return holds(id, addVoiceWords(words, acting, await rows.contact(head), history));
    }
    case 'undo': {
      const undo = { type: 'withdraw-contact', contactId: id, targetId: head } as const;
      return { decision: withdrawContact(undo, acting, await rows.contact(head), history), after: NOTHING };
    }
    case 'away-otherwise':
      return told(act, id, before, on, acting, history);
    case 'agree':
    case 'disagree': {
      if (before.asked === null) return { decision: null, after: before };
      const agreed = act.is === 'agree';
      const answer = {
        type: 'answer-absence',
        absenceId: before.asked,
        childId,
        authorId: 'w1',
        agreed,
        visitBy: null,
      } as const;
      const after = { holds: agreed ? before.asked : before.holds, asked: null };
      return { decision: answerAbsence(answer, acting, history, null), after };
    }
    case 'not-away':
    case 'not-back': {
      const targetIds = [before.holds ?? before.asked ?? ''];
      const words = { type: 'withdraw-absence', childId, targetIds, reason: null, undo: false } as const;
      return { decision: withdrawAbsence(words, acting, history), after: NOTHING };
    }
    case 'back-otherwise':
      return holds(
        id,
        endAbsence({ type: 'end-absence', returnId: id, childId, on, replaces: head }, acting, history),
      );
    default:
      throw new Error(`${act.is} begins a thread`);
  }
}

function told(
  act: Act & { readonly is: 'away' | 'away-otherwise' },
  id: string,
  before: Standing,
  on: LocalDate,
  acting: Acting,
  history: ChildHistory,
): Decided {
  const { asks, days } = act;
  const words = { from: on, until: days === null ? null : addDays(on, days), companion: null, asks };
  const replaces = before.asked ?? before.holds;
  const { childId } = history;
  const decision = recordAbsence(
    { type: 'record-absence', absenceId: id, childId, ...words, replaces },
    acting,
    history,
    [],
  );
  return { decision, after: asks ? { holds: before.holds, asked: id } : { holds: id, asked: null } };
}

function holds(id: string, decision: Decision): Decided {
  return { decision, after: { holds: id, asked: null } };
}

const NOTHING_MET: Met = { mode: 'home', seen: false, nobody: false };

function said({ mode, seen, nobody }: Met, contactId: string, childId: string, takenOn: LocalDate) {
  const nobodyMet = nobody && (mode === 'home' || mode === 'school');
  return {
    contactId,
    childId,
    mode,
    takenOn,
    childSeen: nobodyMet ? false : seen,
    met: nobodyMet ? [] : ['奶奶'],
    ...(nobodyMet ? { nobodyMet } : {}),
    note: null,
    outcome: 'none',
    concernId: null,
  } as const;
}

/** A tier as the import changes it: on the day it is filed. */
function tierChanged(history: ChildHistory, to: RiskTier, on: LocalDate, acting: Acting): Decision {
  const facts = { ...history.facts, tierChanges: [...history.facts.tierChanges, { on, tier: to }] };
  return decided(
    [update('Child', history.childId, { ...cadenceColumns(facts, acting.today), rev: history.rev + 1 })],
    [],
    [{ table: 'Child', id: history.childId, rev: history.rev }],
  );
}

function actingOn(today: LocalDate, place: number, prefix: string): Acting {
  let made = 0;
  return {
    at: new Date(shanghaiInstant(today, 8 * 60).getTime() + place * 1000),
    today,
    personId: 'w1',
    accountId: 'a1',
    newId: () => `${prefix}${String(place)}-${String((made += 1))}`,
    digest: () => '',
  };
}

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`no such day: ${text}`);
  return date;
}
