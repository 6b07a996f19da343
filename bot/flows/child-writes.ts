import type { Command } from '../../server/domain/commands.ts';
import { BY_CHILD } from '../../server/domain/report/answers.ts';
import { say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { CommandInput, CommandRun } from '../dialog/flow.ts';
import { isFamily, type View } from '../dialog/view.ts';
import { childWrites } from '../understanding/child-writes.ts';
import { asking, homeBound } from './family-home.ts';
import { openReportWith } from './open-report.ts';

const WORDS_LIMIT = 4000;

/**
 * Words that may be a child's own, on whosever phone: answered kindly in one breath, and a person is told. A child is asked
 * nothing, and nothing about it is ever written to this phone again.
 */
export function childWrote(input: CommandInput & { readonly heard: Heard }): CommandRun | undefined {
  const { heard, view, context } = input;
  if (!isFamily(view)) return undefined;
  const home = homeBound(view);
  const wrote = childWrites(heard.text, {
    children: home?.children.map(({ name }) => name) ?? [],
    adults: home?.persons.map(({ name }) => name) ?? [],
  });
  if (wrote === null) return undefined;
  const text = heard.text.trim().slice(0, WORDS_LIMIT);
  // Where nobody is known who could be asked, a report finds somebody.
  const isReport = wrote.danger || heard.signals.length > 0 || view.onDuty.length === 0;
  const commands = isReport
    ? reported(text, input)
    : [asking('child-wrote', { text, isPressing: true }, view, context)];
  return { replies: [{ ...say('child-writes.answer'), urgent: true }], commands };
}

/** A report as of somebody whose phone others read: whoever takes it calls or goes there, and writes nothing. */
function reported(text: string, { heard, view, context }: CommandInput): readonly Command[] {
  const known = underWay(view);
  if (known !== null) return [{ type: 'add-report-words', reportId: known, text }, byChild(known)];
  const children = homeBound(view)?.children ?? [];
  const childId = children.length === 1 ? (children[0]?.id ?? null) : null;
  const { commands } = openReportWith({ words: text, childId, concernId: null, heard }, view, context);
  const opened = commands.flatMap((command) => (command.type === 'open-report' ? [command.reportId] : []));
  return [...commands, ...opened.map(byChild)];
}

function byChild(reportId: string): Command {
  return { type: 'answer-report', reportId, answer: 'shared-phone', value: 'yes', text: BY_CHILD };
}

function underWay({ ownReports = [] }: View): string | null {
  return ownReports[0]?.id ?? null;
}
