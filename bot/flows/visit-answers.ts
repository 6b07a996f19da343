import { timeSaid, untold, type Appointment } from '../../server/domain/family/visit.ts';
import type { ShownVisit } from '../../server/domain/family/visit-commands.ts';
import { commandOption, plain, say, type Option, type Say } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import { childOf, type View } from '../dialog/view.ts';
import { mayPlan } from './visit-plan.ts';

/** 就这个时间, under the day a family would rather have. */
export const visitAcceptWord: CommandWord = {
  id: 'visit-accept',
  words: ['就这个时间'],
  allowed: mayPlan,
  run: ({ target, view, context }) => {
    const all = wishedTogether(target, view);
    const wish = all[0]?.wish ?? null;
    if (wish === null) return gone();
    if (wish.on < view.today) return { replies: [say('visit-plan.wish-past')], commands: [] };
    const tripId = all.length > 1 ? context.newId() : null;
    const visits = all.map((one) => ({
      ...{ id: context.newId(), childId: one.childId, tripId },
      replaces: { id: one.id, rev: one.rev, told: one.told },
    }));
    return {
      replies: [answer('visit-plan.accepted', all, timeSaid(wish), view)],
      commands: [{ type: 'plan-visits', visits, on: wish.on, part: wish.part, tell: true }],
    };
  },
};

/** 还是原来的, beside it. */
export const visitKeepWord: CommandWord = {
  id: 'visit-keep',
  words: ['还是原来的'],
  allowed: mayPlan,
  run: ({ target, view }) => {
    const all = wishedTogether(target, view);
    const [first] = all;
    if (first === undefined) return gone();
    return {
      replies: [answer('visit-plan.kept', all, timeSaid(first), view)],
      commands: [{ type: 'keep-visits', visits: all.map(shown) }],
    };
  },
};

/** 取消预约: the only one, the one of the button, or the one of the child that is named. */
export const visitCancelWord: CommandWord = {
  id: 'visit-cancel',
  words: ['取消预约', 'cancel appointment'],
  takesRest: 'after-break',
  allowed: mayPlan,
  run: ({ target, heard, view }) => {
    const mine = ownVisits(view).filter(({ state }) => state !== 'missed');
    const named = (heard?.mentions ?? []).flatMap(({ candidates }) => candidates.map((c) => c.childId));
    const meant = mine.filter(({ id, childId }) =>
      heard === null ? id === target : named.length === 0 || named.includes(childId),
    );
    const [first, ...more] = meant;
    if (first === undefined)
      return heard === null ? gone() : { replies: [say('visit-plan.none')], commands: [] };
    if (more.length > 0) return whichOf(meant, view);
    return {
      replies: [answer('visit-plan.cancelled', [first], timeSaid(first), view)],
      commands: [{ type: 'cancel-visits', visits: [shown(first)] }],
    };
  },
};

/** This person's own appointments, the next day first. */
export function ownVisits(view: View): readonly Appointment[] {
  return (view.visits?.appointments ?? []).filter(({ directorId }) => directorId === view.personId);
}

/** The buttons under what a family would rather have. */
export function wishOptions({ id }: Appointment): readonly Option[] {
  return [
    commandOption('visit-accept', id, say('visit-plan.accept')),
    commandOption('visit-keep', id, say('visit-plan.keep')),
  ];
}

/** What one family asked for: the children of one sentence with the same wish. */
function wishedTogether(target: string | null, view: View): readonly Appointment[] {
  const waiting = ownVisits(view).filter(({ wish, state }) => wish !== null && state !== 'missed');
  const one = target === null ? waiting[0] : waiting.find(({ id }) => id === target);
  if (one === undefined) return [];
  return waiting.filter(
    ({ id, tripId, wish }) =>
      id === one.id || (tripId !== null && tripId === one.tripId && wish?.on === one.wish?.on),
  );
}

function whichOf(meant: readonly Appointment[], view: View): CommandRun {
  const options = meant
    .slice(0, 8)
    .map((one) =>
      commandOption(
        'visit-cancel',
        one.id,
        say('visit-plan.one', { child: nameOf(one, view), when: timeSaid(one) }),
      ),
    );
  const childIds = meant.map(({ childId }) => childId);
  return {
    replies: [{ ...say('visit-plan.which'), options }],
    commands: [{ type: 'note-access', screen: 'visit-plan', childIds }],
  };
}

/** The answer, and whether the family hears of it by message or has to be called. */
function answer(key: string, all: readonly Appointment[], when: Say, view: View): Say {
  const isKnown = all.some(({ told }) => told);
  const isHeld = all.some(({ childId }) => {
    const reach = view.visits?.reach.get(childId);
    return reach !== undefined && untold({ ...reach, high: false }) !== null;
  });
  const told = isKnown ? say(isHeld ? 'visit-plan.call-them' : 'visit-plan.will-tell') : '';
  return say(key, { children: all.map((one) => plain(nameOf(one, view))), when, told });
}

function nameOf({ childId }: Appointment, view: View): string {
  return childOf(view, childId)?.name ?? '';
}

function shown({ id, rev, told }: Appointment): ShownVisit & { readonly told: boolean } {
  return { id, rev, told };
}

function gone(): CommandRun {
  return { replies: [say('visit-plan.gone')], commands: [] };
}
