import type { Adult, Family } from '../../server/domain/family/family.ts';
import { lastMet, type LastMet } from '../../server/domain/family/last-met.ts';
import { lookFor } from '../../server/domain/family/look-for.ts';
import { partsOf, type LocalDate } from '../../server/domain/local-date.ts';
import { commandOption, plain, say, type Reply, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { childLabel } from './record-slots.ts';

/** Numbers choose among at most so many. */
const OFFERED = 8;

/** What may stand around a name that is asked about: "小明怎么样", "看看小明", "了解一下小明家的情况". */
const ASKS_ABOUT =
  /^(?=.)(?:了解|看看|看一?下|说说|查一?下)?(?:一下)?(?:家里?|他家|她家)?(?:现在|最近)?(?:的)?(?:怎么样|咋样|情况|如何)?(?:了|呢|啊)?$|^(?:how is|about|tell me about)$/u;

/** 了解: what one should know before a visit. */
export const cardWord: CommandWord = {
  id: 'card',
  words: ['了解', '看看', 'about'],
  takesRest: 'after-break',
  allowed: (view) => view.caseload.length > 0,
  run: ({ target, heard, view }) => {
    if (heard !== null) return cardOf(heard, view) ?? answer(whom(view));
    const child = childOf(view, target);
    if (child) return showCard(child, view);
    return answer(target === null ? whom(view) : say('record.child-gone'));
  },
};

/** Whom: a number chooses among these children, and not among the buttons of an older message. */
function whom({ caseload }: View): Reply {
  const options = caseload.slice(0, OFFERED).map((c) => commandOption('card', c.id, childLabel(c)));
  return { ...say('card.whom'), options };
}

/** Whether words ask about a child rather than tell of one. */
export function asksAbout({ mentions, text }: Heard): boolean {
  const [mention] = mentions;
  if (mention === undefined || mentions.length > 1) return false;
  return ASKS_ABOUT.test(bareWord(text).replace(mention.quote, '').replaceAll(/\s/gu, ' ').trim());
}

/** The card of the child these words ask about; with an unclear name, whom it may mean. */
export function cardOf({ mentions }: Heard, view: View): CommandRun | undefined {
  const meant = [...new Set(mentions.flatMap((m) => m.candidates.map((c) => c.childId)))];
  const children = meant.flatMap((id) => childOf(view, id) ?? []);
  const [only] = children;
  if (only === undefined) return undefined;
  if (children.length === 1 && mentions[0]?.certain === true) return showCard(only, view);
  const options = children.slice(0, OFFERED).map((c) => commandOption('card', c.id, childLabel(c)));
  return answer({ ...say('card.which'), options });
}

function showCard(child: CaseChild, view: View): CommandRun {
  const family = view.families?.get(child.id);
  if (!family) return answer(say('dialog.lost'));
  return {
    replies: [
      {
        ...say('card.card', {
          child: child.name,
          age: child.ageYears,
          village: child.village,
          lines: [...homeLines(child, family, view), ...lastLines(child), ...followUpLines(child, view)],
          look: lookFor(child.ageYears, view.today).map((key) => say('card.look-line', { what: say(key) })),
        }),
        options: [
          commandOption('visit', child.id, say('todo.visit', { name: child.name })),
          commandOption('contact', child.id, say('todo.contact', { name: child.name })),
        ],
      },
    ],
    commands: [{ type: 'note-access', screen: 'child-card', childIds: [child.id] }],
  };
}

function homeLines(child: CaseChild, family: Family, view: View): Say[] {
  const siblings = family.siblingIds.flatMap((id) => childOf(view, id)?.name ?? []).map(plain);
  const schooling = [family.school, family.grade, family.school === null ? family.schooling : null];
  const school: Say[] = [
    ...schooling.flatMap((fact) => (fact === null || fact === '' ? [] : [plain(fact)])),
    ...(family.boarder ? [say('card.boarder')] : []),
  ];
  return [
    ...(family.address === null ? [] : [say('card.address', { address: family.address })]),
    ...family.adults.map((adult) => adultLine(adult, view)),
    ...(siblings.length === 0 ? [] : [say('card.siblings', { names: siblings })]),
    ...(school.length === 0 ? [] : [say('card.school', { facts: school })]),
    ...(family.health === null ? [] : [say('card.health', { health: family.health })]),
    ...(child.directors.length > 1 ? [say('card.directors', { names: child.directors.map(plain) })] : []),
  ];
}

/** Somebody who must not be contacted stands without a number; why, only those who may set the mark read. */
function adultLine(adult: Adult, view: View): Say {
  const { relation: who, noContact } = adult;
  if (noContact !== null)
    return view.role === 'director'
      ? say('card.no-contact', { who })
      : say('card.no-contact-because', {
          who,
          reason: say(`no-contact.reason-${noContact.reason}`),
          on: noContact.fromOn,
        });
  return say('card.adult', {
    who,
    name: adult.name === who ? '' : adult.name,
    role: say(`card.${adult.kind}`),
    works: adult.workplace === null ? '' : say('card.works', { place: adult.workplace }),
    away: adult.awaySince === null ? '' : awayLine(adult.awaySince),
    phone: adult.phone === null ? '' : say('card.phone', { phone: adult.phone }),
  });
}

function awayLine(since: LocalDate): Say {
  const { year, month } = partsOf(since);
  return say('card.away', { year, month });
}

function lastLines({ facts }: CaseChild): Say[] {
  const { visit, contact } = lastMet(facts);
  const by = ({ mode }: LastMet): Say | string =>
    mode === null ? '' : say('card.by', { mode: say(`mode.${mode}`) });
  if (visit === null && contact === null) return [say('card.never')];
  return [
    ...(visit === null ? [] : [say('card.last-visit', { on: visit.on, by: by(visit) })]),
    ...(contact === null ? [] : [say('card.last-contact', { on: contact.on, by: by(contact) })]),
  ];
}

/** What was promised last time, and what somebody has to come back to: without a word of why, a phone is looked at. */
function followUpLines(child: CaseChild, view: View): Say[] {
  return view.followUps
    .filter(({ childId }) => childId === child.id)
    .map(({ text, dueOn }) =>
      text === null ? say('card.come-back', { on: dueOn }) : say('card.promise', { text, on: dueOn }),
    );
}

function answer(reply: Reply): CommandRun {
  return { replies: [reply], commands: [] };
}
