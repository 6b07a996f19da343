import { nearest, type Directory } from '../../server/domain/partners/directory.ts';
import { HOTLINES, type HotlineNumber } from '../../server/domain/partners/hotlines.ts';
import { isUnverified, PARTNER_KINDS, type PartnerKind } from '../../server/domain/partners/partner.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';
import type { OnDuty, View } from '../dialog/view.ts';

/** Offices of one kind on the list: a county may have fifty schools (our default). */
const OFFICES_A_KIND = 3;

/** What somebody in a village calls; the other offices are called by whoever takes a report. */
const FOR_DIRECTORS: readonly PartnerKind[] = ['police', 'hospital', 'hotline', 'village'];
const HOTLINES_FOR_DIRECTORS: ReadonlySet<HotlineNumber> = new Set(['110', '120', '12345', '12355', '12356']);

/** 电话: whom to call here, the nearest of each; a number that nobody has verified for long is marked. */
export const numbersWord: CommandWord = {
  id: 'numbers',
  words: ['电话', '号码', '电话号码', 'numbers'],
  allowed: ({ role }) => !['guardian', 'carer', 'stranger'].includes(role),
  run: ({ view }) => {
    const { directory, today } = view;
    const isDirector = view.role === 'director';
    const kinds = isDirector ? FOR_DIRECTORS : PARTNER_KINDS;
    const hotlines = HOTLINES.filter(({ number }) => !isDirector || HOTLINES_FOR_DIRECTORS.has(number));
    const list = say('numbers.list', {
      area: view.areaName,
      duty: dutyLines(view),
      offices: directory === undefined ? [] : kinds.flatMap((kind) => officeLines(kind, directory)),
      hotlines: hotlines.map(({ number, verifiedOn }) =>
        say('numbers.line', {
          name: say(`numbers.hotline-${number}`),
          phone: number,
          mark: markOf(verifiedOn, today),
        }),
      ),
    });
    return { replies: [list], commands: [] };
  },
};

function officeLines(kind: PartnerKind, directory: Directory): readonly Say[] {
  return nearest(directory, kind)
    .slice(0, OFFICES_A_KIND)
    .map(({ name, phone, verifiedOn }) =>
      say('numbers.line', { name, phone, mark: markOf(verifiedOn, directory.today) }),
    );
}

function markOf(verifiedOn: LocalDate | null, today: LocalDate): Say {
  return isUnverified(verifiedOn, today) ? say('numbers.unverified') : plain('');
}

/** Whoever is called first: the supervisor, otherwise the deputy, otherwise the desk; never oneself. */
export function dutyLines({ onDuty, personId }: View): readonly Say[] {
  for (const role of ['supervisor', 'deputy', 'county-desk'] as const) {
    const called = onDuty.filter(
      (one) => one.role === role && one.workerId !== personId && one.phone !== null,
    );
    if (called.length > 0) return called.map(dutyLine);
  }
  return [];
}

function dutyLine({ role, name, phone }: OnDuty): Say {
  return say('on-duty.line', { role: say(`role.${role}`), name, phone: phone ?? '' });
}
