import type { EnteredPartners } from '../roster/enter-partners.ts';
import { faultSentence, problemLine } from '../roster/report.ts';
import { RosterFileError, rosterFileAt, type RosterFile } from '../roster/roster-file.ts';
import { enterFile, type EnterCommand, type Entering, type Terminal } from './enter-file.ts';

const LANGUAGES = ['zh-CN', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

/** A command that enters a table, row by row: rows that can be read are entered, the others are named. */
interface TableCommand extends Pick<EnterCommand<RosterFile>, 'usage' | 'takes'> {
  readonly enter: (file: RosterFile, entering: Entering) => Promise<EnteredPartners>;
  readonly lines: (
    entered: EnteredPartners,
    label: string,
    dryRun: boolean,
    language: Language,
  ) => readonly string[];
}

/** Runs it: 0 when the table was processed, 1 when nothing could be, 2 for wrong usage. */
export async function enterTable(
  { usage, takes, enter, lines }: TableCommand,
  terminal: Terminal,
): Promise<number> {
  const command: EnterCommand<RosterFile> = {
    usage,
    takes,
    read: rosterFileAt,
    enter: async (file, entering) => {
      const entered = await enter(file, entering);
      for (const problem of entered.problems) terminal.console.error(problemLine(problem));
      for (const language of LANGUAGES)
        for (const line of lines(entered, file.label, entering.dryRun, language)) terminal.console.log(line);
      const { accepted, flagged } = entered.counts;
      return accepted + flagged > 0 && (entering.dryRun || entered.written) ? 0 : 1;
    },
    faultOf: (error) =>
      error instanceof RosterFileError
        ? LANGUAGES.map((language) => faultSentence(error, language)).join('\n')
        : null,
  };
  return enterFile(command, terminal);
}
