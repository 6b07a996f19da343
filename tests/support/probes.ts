import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { repertoire } from '../../bot/flows/repertoire.ts';
import type { Phone, PhoneMessage } from './phone.ts';
import { NUMBER } from './report-course.ts';

/** Words that open a report of their own: the number of the next one would be another, whoever opens it. */
const OPENS_A_REPORT: ReadonlySet<string> = new Set(['urgent', 'ask-help', 'drill']);

/** Shows what other people have told the county by then: they are all asked at once, in no order. */
const TELLS_OF_OTHERS: ReadonlySet<string> = new Set(['read-feedback']);

/** Words whose answers tell of reports: of those a person was told of, and of no other. */
export const OF_REPORTS: ReadonlySet<string> = new Set([
  'alerts',
  'view-report',
  'acknowledge',
  'report-step',
  'report-kind',
  'report-texts',
  'end-report',
  'tell-reporter',
  'resume', // what somebody who was told had begun to write
]);

/** Everything that was said to a probe, without the ids of buttons and files, which no two services share. */
export type Answers = ReadonlyMap<string, readonly string[]>;

/** Waits for everybody else who waits here, again and again. */
export type InStep = () => Promise<void>;

/**
 * Keeps so many people at the same word: they may speak at once, but whose leave has ended or who was invited is the
 * same for all when the next word is said.
 */
export function inStep(people: number): InStep {
  let waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length < people) return;
      const everybody = waiting;
      waiting = [];
      for (const goOn of everybody) goOn();
    });
}

/** Says every word of the repertoire, alone, and with a child or with the number of the report; each answer by what was said. */
export async function saysEverything(
  phone: Phone,
  only?: ReadonlySet<string>,
  step?: InStep,
): Promise<Answers> {
  const answers = new Map<string, readonly string[]>();
  for (const { id, words, takesRest } of repertoire.commands) {
    if (OPENS_A_REPORT.has(id) || TELLS_OF_OTHERS.has(id) || only?.has(id) === false) continue;
    const [word] = words;
    if (word === undefined) continue; // only a button says it
    await step?.();
    for (const rest of [
      '',
      ...(takesRest === undefined ? [] : [OF_REPORTS.has(id) ? ` ${NUMBER}` : ' 小明']),
    ]) {
      answers.set(`${id}${rest}`, await readsAndLeaves(phone, await phone.say(`${word}${rest}`)));
    }
  }
  return answers;
}

/** Presses a button of every command that takes one with this target, whether or not it was ever shown. */
export async function pressesEverything(
  phone: Phone,
  target: string,
  only?: ReadonlySet<string>,
  step?: InStep,
): Promise<Answers> {
  const answers = new Map<string, readonly string[]>();
  for (const { id, takesRest } of repertoire.commands) {
    if (OPENS_A_REPORT.has(id) || takesRest === undefined || only?.has(id) === false) continue;
    await step?.();
    answers.set(`[${id}]`, await readsAndLeaves(phone, await phone.pressId(`c:${id}:${target}`)));
  }
  return answers;
}

/** What was answered; a question in it is left, so that the next word is none of its answers. */
async function readsAndLeaves(phone: Phone, answers: readonly PhoneMessage[]): Promise<readonly string[]> {
  const last = answers.at(-1);
  const isAsked = last?.text.endsWith('？') === true || last?.options.some(({ id }) => !id.startsWith('c:'));
  if (isAsked === true) await phone.say('取消');
  return [...answers.map(readable), ...(await papersIn(phone, answers))];
}

/** The bytes of every form among the answers, as a digest: the same form is the same bytes. */
async function papersIn(phone: Phone, answers: readonly PhoneMessage[]): Promise<readonly string[]> {
  const papers = answers.flatMap(({ files = [] }) => files).filter(({ mime }) => mime === 'application/pdf');
  return Promise.all(
    papers.map(async ({ id }) => {
      const bytes = Buffer.from(await (await phone.fetchFile(id)).arrayBuffer());
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      return createHash('sha256').update(bytes).digest('hex');
    }),
  );
}

/** A message as its reader sees it. */
export function readable({ text, options, files = [] }: PhoneMessage): string {
  // An invitation's code is made by chance.
  const said = text.replaceAll(/(?<=(?:绑定|bind) )[0-9A-Z]{8}/gu, 'CODE');
  return [said, ...options.map(({ label }) => `[${label}]`), ...files.map(({ mime }) => mime)].join('\n');
}
