import { enterTable } from './assembly/enter-table.ts';
import { enterPartners } from './roster/enter-partners.ts';
import { enteredPartnersLines } from './roster/partner-sentences.ts';
import { partnerStoreOf } from './store/partners.ts';

/** `npm run partners`: the offices that are called (联系单位). */
process.exitCode = await enterTable(
  {
    usage: 'npm run partners -- --file partners.csv [--dry-run]',
    takes: 'option',
    enter: (file, entering) => enterPartners(file, { ...entering, store: partnerStoreOf(entering.store) }),
    lines: enteredPartnersLines,
  },
  { args: process.argv.slice(2), console },
);
