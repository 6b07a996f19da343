import { say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';

/**
 * 演练: a report that is marked as one walks the ladder of this person's area, with everything that belongs to it, and
 * wakes nobody (domain rules 5.1, rule 10).
 */
export const drillWord: CommandWord = {
  id: 'drill',
  words: ['演练', 'drill'],
  allowed: ({ role }) => role === 'supervisor' || role === 'deputy' || role === 'county-desk',
  run: ({ context }) => {
    const number = context.reportNumber();
    return {
      replies: [say('page.drill-begun', { number })],
      commands: [
        {
          type: 'open-report',
          reportId: context.newId(),
          number,
          words: null,
          childId: null,
          concernId: null,
          excludes: [],
          drill: true,
        },
      ],
    };
  },
};
