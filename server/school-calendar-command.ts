import { enterTable } from './assembly/enter-table.ts';
import { enteredBreaksLines } from './roster/break-sentences.ts';
import { enterBreaks } from './roster/enter-breaks.ts';
import { breakStoreOf } from './store/school-breaks.ts';

/** `npm run school-calendar`: 校历. */
process.exitCode = await enterTable(
  {
    usage: 'npm run school-calendar -- school-calendar.csv [--dry-run]',
    takes: 'name',
    enter: (file, entering) => enterBreaks(file, { ...entering, store: breakStoreOf(entering.store) }),
    lines: enteredBreaksLines,
  },
  { args: process.argv.slice(2), console },
);
