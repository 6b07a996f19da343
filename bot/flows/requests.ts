import { addDays } from '../../server/domain/local-date.ts';
import { commandOption, plain, say, type Option, type Say } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import { returnDays } from './away.ts';
import { isRefused, refusedWith } from './behind-the-door.ts';
import type { CaseChild, View } from '../dialog/view.ts';

/** Numbers choose among at most eight buttons, and three belong to one request. */
const SHOWN = 2;
const supervises = (view: View): boolean => view.role === 'supervisor' || view.role === 'deputy';

/** 请示: what directors of the township ask for, with names: it is read by whoever opened it. */
export const requestsWord: CommandWord = {
  id: 'requests',
  words: ['请示', '待批', 'requests'],
  allowed: supervises,
  run: ({ view }) => {
    const waiting = view.caseload.filter(
      (child) => askedOf(child) !== undefined || (isRefused(child) && isFirst(child, view)),
    );
    if (waiting.length === 0) return answer('requests.none');
    const shown = waiting.slice(0, SHOWN);
    return {
      replies: [
        {
          ...say('requests.list', {
            count: waiting.length,
            lines: shown.flatMap((child) => linesOf(child, view)),
          }),
          options: shown.flatMap(optionsOf),
        },
      ],
      commands: [{ type: 'note-access', screen: 'requests', childIds: shown.map((c) => c.id) }],
    };
  },
};

/** 同意 and 不同意, on a request: each carries its absence. */
export const agreeWord: CommandWord = answerWord('agree', '同意', true);
export const disagreeWord: CommandWord = answerWord('disagree', '不同意', false);

/** Who goes where a family let nobody in: the button carries the obstacle. */
export const iGoWord: CommandWord = goesWord('i-go', ['我去'], 'supervisor');
export const villageGoesWord: CommandWord = goesWord('village-goes', ['请村委会去'], 'village');
export const directorGoesWord: CommandWord = goesWord('director-goes', ['请主任再去'], 'director');

function answerWord(id: string, word: string, agreed: boolean): CommandWord {
  return {
    id,
    words: [word],
    allowed: supervises,
    run: ({ target, view }) => {
      const asking = view.caseload.filter((c) => askedOf(c) !== undefined);
      const child =
        target === null && asking.length === 1 ? asking[0] : asking.find((c) => askedOf(c)?.id === target);
      const asked = child && askedOf(child);
      if (!child || !asked) return answer('requests.answered-already');
      const { id: absenceId = '', authorId = '', until } = asked;
      const visitBy = until === null ? null : addDays(until, returnDays(view, until));
      return {
        replies: [say(agreed ? 'requests.you-agreed' : 'requests.you-did-not-agree', { child: child.name })],
        commands: [{ type: 'answer-absence', absenceId, childId: child.id, authorId, agreed, visitBy }],
      };
    },
  };
}

function goesWord(
  id: string,
  words: readonly string[],
  goes: 'supervisor' | 'director' | 'village',
): CommandWord {
  return {
    id,
    words,
    allowed: supervises,
    run: ({ target, view }) => {
      const refused = view.caseload.filter(isRefused);
      const child =
        target === null && refused.filter((c) => isFirst(c, view)).length === 1
          ? refused[0]
          : refused.find((c) => c.facts.pending?.obstacle?.id === target);
      const obstacle = child?.facts.pending?.obstacle;
      if (!child || !obstacle) return answer('requests.answered-already');
      // Who goes to one of them goes to the brothers and sisters behind the same door.
      const together = refusedWith(child, view);
      return {
        replies: [say(`requests.noted-${goes}`, { child: together.map(({ name }) => plain(name)) })],
        commands: together.flatMap(({ id: childId, facts }) => {
          const open = facts.pending?.obstacle;
          const beside = childId === child.id ? {} : { beside: true as const };
          return open
            ? [
                {
                  type: 'answer-obstacle',
                  obstacleId: open.id,
                  childId,
                  authorId: open.authorId,
                  goes,
                  ...beside,
                },
              ]
            : [];
        }),
      };
    },
  };
}

function linesOf(child: CaseChild, view: View): readonly Say[] {
  const { name, village } = child;
  const director = child.directors[0] ?? '';
  const asked = askedOf(child);
  const until = asked?.until ?? null;
  return [
    ...(asked === undefined
      ? []
      : [
          say('requests.absence', {
            name,
            village,
            director,
            from: asked.from,
            until: until === null ? say('away.until-unknown') : say('away.until', { on: until }),
          }),
        ]),
    ...(isRefused(child) && isFirst(child, view)
      ? [
          say('requests.refused', {
            name: refusedWith(child, view).map((one) => plain(one.name)),
            village,
            director,
          }),
        ]
      : []),
  ];
}

function optionsOf(child: CaseChild): readonly Option[] {
  const { name } = child;
  const asked = askedOf(child);
  const obstacle = isRefused(child) ? child.facts.pending?.obstacle : null;
  const button = (id: string, target: string) =>
    commandOption(id, target, say(`requests.do-${id}`, { name }));
  return [
    ...(asked === undefined ? [] : ['agree', 'disagree'].map((id) => button(id, asked.id ?? ''))),
    ...(obstacle ? ['i-go', 'village-goes', 'director-goes'].map((id) => button(id, obstacle.id)) : []),
  ].slice(0, 4);
}

function askedOf({ facts }: CaseChild) {
  return facts.pending?.asked[0];
}

/** Brothers and sisters behind one door are asked about once. */
function isFirst(child: CaseChild, view: View): boolean {
  const order = refusedWith(child, view).map(({ id }) => view.caseload.findIndex((c) => c.id === id));
  return order.every((place) => place >= (order[0] ?? 0));
}

function answer(key: string): CommandRun {
  return { replies: [say(key)], commands: [] };
}
