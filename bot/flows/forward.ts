import type { Command } from '../../server/domain/commands.ts';
import type { PassNotice } from '../../server/domain/family/campaign-commands.ts';
import { noticeWords } from '../../server/domain/family/campaign-words.ts';
import type { ForwardPerson } from '../../server/domain/family/safety-view.ts';
import { commandOption, say, type Option, type Reply, type Say } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';
import { pageOf } from './page.ts';

/** So many people stand on a page, and of those so many have buttons: a card holds six. */
const PER_PAGE = 8;
const WITH_BUTTONS = 2;

const WHY_NOT = ['no-phone', 'not-found', 'refused'] as const;

/** Somebody who has families to tell, or had some when a button was made. */
const mayForward = ({ role, campaigns }: View): boolean =>
  ['director', 'supervisor', 'deputy'].includes(role) && campaigns?.forward !== undefined;

/** 转告: the words, ready to pass on and without a name, and whom to tell. */
export const forwardWord: CommandWord = {
  id: 'forward',
  words: ['转告', 'pass on'],
  allowed: mayForward,
  run: ({ target, view }) => {
    const texts = target === null ? textsOf(view) : [];
    const { replies, commands } = listOf(view, target);
    return { replies: [...texts, ...replies], commands };
  },
};

/** [已转告], or 已转告 and a name. */
export const forwardToldWord: CommandWord = {
  id: 'forward-told',
  words: ['已转告', '转告了', 'told'],
  takesRest: 'after-break',
  allowed: mayForward,
  run: ({ target, view }) => {
    const person = personIn(view, target);
    if (person === null) return listOf(view, null, say('forward.who'));
    const noted = say('forward.told', { name: person.name });
    return settled(view, [person], 'told', noted);
  },
};

/** [联系不上]: which kind, then noted. */
export const forwardLostWord: CommandWord = {
  id: 'forward-lost',
  words: ['联系不上', 'not reached'],
  takesRest: 'after-break',
  allowed: mayForward,
  run: ({ target, view }) => {
    const [who = null, why] = target?.split('.') ?? [];
    const person = personIn(view, who);
    if (person === null) return listOf(view, null, say('forward.who'));
    const reason = WHY_NOT.find((one) => one === why);
    if (reason !== undefined)
      return settled(view, [person], reason, say('forward.lost', { name: person.name }));
    const option = (one: string): Option =>
      commandOption('forward-lost', `${person.personId}.${one}`, say(`forward.why-${one}`));
    const later = commandOption('forward', '0', say('forward.later'));
    return {
      replies: [{ ...say('forward.why', { name: person.name }), options: [...WHY_NOT.map(option), later] }],
      commands: [],
    };
  },
};

/** [全部已转告]: everybody on the list, asked once more. */
export const forwardAllWord: CommandWord = {
  id: 'forward-all',
  words: ['全部已转告', '都转告了', 'all told'],
  allowed: mayForward,
  run: ({ target, view }) => {
    const people = peopleIn(view);
    if (people.length === 0) return listOf(view, null);
    if (target !== String(people.length)) {
      const sure = commandOption('forward-all', String(people.length), say('forward.all-sure'));
      const not = commandOption('forward', '0', say('forward.not-all'));
      return {
        replies: [{ ...say('forward.all-ask', { count: people.length }), options: [sure, not] }],
        commands: [],
      };
    }
    return {
      replies: [say('forward.all-told', { count: people.length })],
      commands: passed(people, 'told'),
    };
  },
};

/** What is passed on stands in a message of its own, so that nothing else goes with it. */
function textsOf(view: View): readonly Reply[] {
  return (view.campaigns?.forward?.texts ?? []).map(({ facts, reader, bands }) =>
    noticeWords(facts, reader, bands, view.today),
  );
}

function settled(
  view: View,
  done: readonly ForwardPerson[],
  outcome: PassNotice['outcome'],
  noted: Say,
): CommandRun {
  const left = peopleIn(view).filter((one) => !done.includes(one));
  const { replies, commands } = listIn(left, null, noted, true);
  return { replies, commands: [...commands, ...passed(done, outcome)] };
}

/** What was said of these people, of every notice and every visit they were to hear of. */
function passed(people: readonly ForwardPerson[], outcome: PassNotice['outcome']): readonly Command[] {
  const rows = people.flatMap((person) => person.rows);
  const tellings = people.flatMap(({ visits }) => visits.map(({ id, rev }) => ({ id, rev })));
  return [
    ...(rows.length > 0 ? [{ type: 'pass-notice', rows, outcome } as const] : []),
    ...(tellings.length > 0 ? [{ type: 'pass-visit', tellings, outcome } as const] : []),
  ];
}

function listOf(view: View, target: string | null, before?: Say): CommandRun {
  return listIn(
    peopleIn(view),
    target,
    before,
    target !== null || textsOf(view).length === 0,
    textsOf(view).length > 1,
  );
}

function listIn(
  people: readonly ForwardPerson[],
  target: string | null,
  before: Say | undefined,
  goesOn: boolean,
  isTwofold = false,
): CommandRun {
  if (people.length === 0)
    return { replies: [say('forward.none', { before: before === undefined ? [] : [before] })], commands: [] };
  const page = pageOf(target, people.length, PER_PAGE);
  const shown = people.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
  const isMore = people.length > (page + 1) * PER_PAGE;
  const reply: Reply = {
    ...say('forward.list', {
      before: before === undefined ? [] : [before],
      how: goesOn ? [] : [say(isTwofold ? 'forward.how-two' : 'forward.how')],
      count: people.length,
      lines: shown.map(lineOf),
    }),
    options: [
      ...shown
        .slice(0, WITH_BUTTONS)
        .flatMap(({ personId, name }) => [
          commandOption('forward-told', personId, say('forward.told-button', { name })),
          commandOption('forward-lost', personId, say('forward.lost-button', { name })),
        ]),
      ...(people.length > 1 ? [commandOption('forward-all', null, say('forward.all-button'))] : []),
      ...(isMore ? [commandOption('forward', String(page + 1), say('dialog.more'))] : []),
    ],
  };
  const childIds = [...new Set(shown.flatMap(({ children }) => children.map(({ id }) => id)))];
  return { replies: [reply], commands: [{ type: 'note-access', screen: 'forward', childIds }] };
}

function lineOf({ name, phone, children, visits }: ForwardPerson): Say {
  const line = say('forward.line', {
    name,
    children: children.map((child) => say('forward.child', { child: child.name, relation: child.relation })),
    phone: phone ?? say('forward.no-phone'),
  });
  return visits.length === 0
    ? line
    : say('forward.line-visit', { line, words: visits.map(({ words }) => words) });
}

function personIn(view: View, who: string | null): ForwardPerson | null {
  const people = peopleIn(view);
  const byId = people.find(({ personId }) => personId === who);
  if (byId !== undefined) return byId;
  const named = people.filter(({ name }) => who !== null && name !== '' && who.trim() === name);
  if (named.length === 1) return named[0] ?? null;
  return who === null && people.length === 1 ? (people[0] ?? null) : null;
}

function peopleIn({ campaigns }: View): readonly ForwardPerson[] {
  return campaigns?.forward?.people ?? [];
}
