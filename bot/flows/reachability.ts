import type { NamedFinding } from '../../server/domain/escalation/named-findings.ts';
import { FINDING_KINDS } from '../../server/domain/escalation/reachability.ts';
import { commandOption, plain, say, type Say } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';
import { pageOf } from './page.ts';

/** So many lines stay under the 2,048 bytes of one WeCom message. */
const LINES_PER_PAGE = 12;
/** Names that stand in one line; the others are a number. */
const NAMES_IN_A_LINE = 4;

/** Who may see the gaps of an area: those of its ladder. */
const isOfTheLadder = (view: View): boolean =>
  ['supervisor', 'deputy', 'county-desk', 'county-leader'].includes(view.role);

/** Whoever sits above the counties sees numbers of counties: no name, no village. */
const isAboveCounties = (view: View): boolean => view.role === 'city-desk' || view.role === 'province-desk';

/** 谁收不到预警: the gaps between a child and somebody who would be told; children as numbers of a village. */
export const unreachedWord: CommandWord = {
  id: 'unreached',
  words: ['谁收不到预警', '谁收不到', '收不到预警', 'who cannot be reached'],
  allowed: (view) => isOfTheLadder(view) || isAboveCounties(view),
  run: ({ target, view }) => {
    if (isAboveCounties(view)) return ofCounties(target, view);
    const findings = view.reachability?.findings ?? [];
    if (findings.length === 0) return answer(say('reachability.none', { area: view.areaName }));
    const page = pageOf(target, findings.length, LINES_PER_PAGE);
    const { shown, left } = cut(findings, page);
    const options = [
      ...(findings.some(({ kind }) => kind === 'no-director')
        ? [commandOption(unreachedChildrenWord.id, null, say('reachability.see-children'))]
        : []),
      ...(left > 0 ? [commandOption(unreachedWord.id, String(page + 1), say('dialog.more'))] : []),
    ];
    const list = say('reachability.list', {
      area: view.areaName,
      lines: shown.map(lineOf),
      rest: left > 0 ? [say('reachability.rest', { count: left })] : [],
    });
    return answer({ ...list, options });
  },
};

/** 没有主任的孩子: their names, by village; one access row a page. */
export const unreachedChildrenWord: CommandWord = {
  id: 'unreached-children',
  words: ['没有主任的孩子', 'children without a director'],
  allowed: isOfTheLadder,
  run: ({ target, view }): CommandRun => {
    const children = view.reachability?.children ?? [];
    if (children.length === 0) return answer(say('reachability.no-children', { area: view.areaName }));
    const page = pageOf(target, children.length, LINES_PER_PAGE);
    const { shown, left } = cut(children, page);
    const list = say('reachability.children', {
      count: children.length,
      lines: shown.map(({ name, village }) => say('reachability.child', { child: name, village })),
      rest: left > 0 ? [say('reachability.rest', { count: left })] : [],
    });
    const more = commandOption(unreachedChildrenWord.id, String(page + 1), say('dialog.more'));
    return {
      replies: [{ ...list, options: left > 0 ? [more] : [] }],
      commands: [
        { type: 'note-access', screen: 'children-without-director', childIds: shown.map(({ id }) => id) },
      ],
    };
  },
};

/** The counties in which the last proof found something, each in a line of numbers. */
function ofCounties(target: string | null, { areaName: area, reachability }: View): CommandRun {
  const proved = reachability?.counties ?? null;
  if (proved === null) return answer(say('reachability.not-proved', { area }));
  const { on, total, withGaps } = proved;
  if (withGaps.length === 0) return answer(say('reachability.counties-none', { area, on, count: total }));
  const { shown, left } = cut(withGaps, pageOf(target, withGaps.length, LINES_PER_PAGE));
  const list = say('reachability.counties', {
    area,
    on,
    count: withGaps.length,
    lines: shown.map(({ area: county, counts }) =>
      say('reachability.county', {
        county,
        gaps: FINDING_KINDS.flatMap((kind) => {
          const count = counts[kind] ?? 0;
          return count > 0 ? [say(`reachability.count-${kind}`, { count })] : [];
        }),
      }),
    ),
    rest: left > 0 ? [say('reachability.rest-counties', { count: left })] : [],
  });
  const next = pageOf(target, withGaps.length, LINES_PER_PAGE) + 1;
  const more = commandOption(unreachedWord.id, String(next), say('dialog.more'));
  return answer({ ...list, options: left > 0 ? [more] : [] });
}

function cut<T>(all: readonly T[], page: number): { readonly shown: readonly T[]; readonly left: number } {
  const shown = all.slice(page * LINES_PER_PAGE, (page + 1) * LINES_PER_PAGE);
  return { shown, left: all.length - page * LINES_PER_PAGE - shown.length };
}

function lineOf({ kind, area, role, count, people }: NamedFinding): Say {
  const named = people.slice(0, NAMES_IN_A_LINE);
  const others = people.length - named.length;
  return say(`reachability.line-${kind}`, {
    area,
    count,
    role: role === null ? '' : say(`role.${role}`),
    names: named.map(plain),
    others: others > 0 ? [say('reachability.others', { count: others })] : [],
  });
}

function answer(reply: CommandRun['replies'][number]): CommandRun {
  return { replies: [reply], commands: [] };
}
