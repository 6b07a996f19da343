import { enterFile } from './assembly/enter-file.ts';
import { printLinkCode } from './assembly/print-link-code.ts';

/** `npm run link-code`: the first code of a worker whom no channel knows yet. */
process.exitCode = await enterFile<string>(
  {
    usage: 'npm run link-code -- STAFF-NUMBER',
    takes: 'name',
    read: (staffNumber) => Promise.resolve(staffNumber),
    enter: async (staffNumber, entering) => {
      const { made, lines } = await printLinkCode(staffNumber, entering);
      for (const line of lines) (made ? console.log : console.error)(line);
      return made ? 0 : 1;
    },
  },
  { args: process.argv.slice(2), console },
);
