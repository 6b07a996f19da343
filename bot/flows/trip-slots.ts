import { z } from 'zod';
import { CONTACT_MODES, ENCOUNTER_MODES, VISIT_MODES } from '../../server/domain/cadence/child-facts.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Heard, Mode } from '../dialog/event.ts';
import { filled, type Slot } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { daysInDoubt } from './record-day.ts';
import { childLabel, childNamed, daySlot, metSlot, modeSlot, whichDay, writtenSo } from './record-slots.ts';
import { SAYS_NONE } from './unlisted.ts';
import { SAME_RECORD, earlierLine, readAgain } from './told-twice.ts';
import {
  dayOf,
  isCalled,
  isMetBesides,
  kindOf,
  modeOf,
  namesOf,
  toldBefore,
  tripOf,
  type TripLine,
} from './trip-lines.ts';

/** A name nobody can be sure of: who is meant, or nobody of this trip. */
export interface UnclearName {
  readonly quote: string;
  readonly candidates: readonly string[];
}

export function unclearOf({ slots }: Frame): readonly UnclearName[] {
  return Array.isArray(slots.unclear) ? (slots.unclear as unknown as readonly UnclearName[]) : [];
}

/** The names as values of a sentence. */
export function plainNames(lines: readonly TripLine[], view: View): readonly Say[] {
  return namesOf(lines, view).map(plain);
}

/** Which child an unclear name means; it may also be left out. */
export const whichSlot: Slot = {
  id: 'which',
  schema: z.string(),
  ask: (frame) => {
    const [first] = unclearOf(frame);
    const key = (first?.candidates.length ?? 0) > 0 ? 'record.which-child' : 'record.child-unknown';
    return say(key, { quote: first?.quote ?? '' });
  },
  choices: (frame, view) => {
    const [first] = unclearOf(frame);
    const named = view.caseload.filter((c) => first?.candidates.includes(c.id) === true);
    const there = tripOf(frame, view).lines.map((line) => line.childId);
    const children = (named.length > 0 ? named : view.caseload).filter((c) => !there.includes(c.id));
    const known = children.map((c) => ({ code: c.id, value: c.id, label: childLabel(c) }));
    // Of a name on no list that is the likeliest answer, and stands on the first page.
    return named.length > 0
      ? [...known, { code: 'none', value: '', label: say('trip.leave-out') }]
      : [{ code: 'none', value: '', label: say('record.none-of-these') }, ...known];
  },
  shows: (_frame, view, onPage) => ({
    screen: 'child-list',
    childIds: onPage.flatMap(({ code }) => (childOf(view, code) ? [code] : [])),
  }),
  read: (heard, frame, view) => {
    const [first] = unclearOf(frame);
    const among = view.caseload.filter(({ id }) => first?.candidates.includes(id) === true);
    if (SAYS_NONE.test(bareWord(heard.text))) return '';
    return childNamed(heard, among) ?? writtenSo(heard.text, among)?.id;
  },
};

export const tripDaySlot: Slot = {
  ...daySlot,
  ask: (frame) => (daysInDoubt(frame).length > 0 ? whichDay(frame) : say('trip.ask-day')),
};

export const tripModeSlot: Slot = {
  ...modeSlot('trip.ask-mode', []),
  ask: (frame, view) => {
    const kind = kindOf(frame, view);
    if (kind === 'mixed') return say('trip.ask-mode-mixed');
    return kind === 'contact' ? say('trip.ask-mode-contact') : say('trip.ask-mode');
  },
  choices: (frame, view) =>
    modesIn(frame, view).map((mode) => ({ code: mode, value: mode, label: say(`mode.${mode}`) })),
  read: (heard, frame, view) =>
    heard.mode !== null && modesIn(frame, view).includes(heard.mode) ? heard.mode : undefined,
};

/** The ways that fit the trip: to several homes, a round of calls, or both. */
export function modesIn(frame: Frame, view: View): readonly Mode[] {
  const kind = kindOf(frame, view);
  if (kind === 'mixed') return ENCOUNTER_MODES;
  return kind === 'contact' ? CONTACT_MODES : VISIT_MODES;
}

/** The line whose day, or way, has to be asked by itself. */
export function openLine(frame: Frame, view: View, what: 'on' | 'mode'): TripLine | undefined {
  const trip = tripOf(frame, view);
  return trip.lines.find(
    (line) => line[what] === null || (what === 'mode' && isMetBesides(line, trip, view)),
  );
}

/** One child's day, where the children were met on several days. */
export const lineDaySlot: Slot = {
  ...daySlot,
  id: 'on-of',
  ask: (frame, view) => say('record.ask-day', { child: nameOf(openLine(frame, view, 'on'), view) }),
};

const anyMode = modeSlot('trip.ask-mode-of', ENCOUNTER_MODES);

/** How one child was met; of one that was met on the way to others, whether it was in its own home. */
export const lineModeSlot: Slot = {
  ...anyMode,
  id: 'mode-of',
  ask: (frame, view) => {
    const line = openLine(frame, view, 'mode');
    const key = line?.mode === null ? 'trip.ask-mode-of' : 'trip.ask-own-home';
    return say(key, { child: nameOf(line, view) });
  },
  choices: (frame, view) =>
    openLine(frame, view, 'mode')?.mode === null
      ? anyMode.choices(frame, view)
      : (['home', 'school', 'elsewhere'] as const).map((mode) => ({
          code: mode,
          value: mode,
          label: say(`trip.met-${mode}`),
        })),
  read: (heard, frame, view) => {
    const isWhere = openLine(frame, view, 'mode')?.mode !== null;
    const word = bareWord(heard.text);
    if (isWhere && /^(是的?|对的?|嗯+|(在|是在)?(她|他)?(自己)?家里?(的|见的)?|yes)$/u.test(word))
      return 'home';
    if (
      isWhere &&
      /^(不是的?|(在|是在)?(别处|外面|(别人|人家|[^，,。]{1,4})家里?|路上)(的|见的|碰(到|上)的)?|no)$/u.test(
        word,
      )
    )
      return 'elsewhere';
    return anyMode.read?.(heard, frame, view);
  },
};

function nameOf(line: TripLine | undefined, view: View): string {
  return childOf(view, line?.childId)?.name ?? '';
}

/** The children of the trip a question is about: the one being corrected, or those of whom it is not known. */
export function askedAbout(frame: Frame, view: View, what: 'seen' | 'met' | 'note'): readonly TripLine[] {
  const trip = tripOf(frame, view);
  if (frame.slots.redo === what) return trip.lines.filter((line) => line.childId === frame.slots.part);
  if (what === 'note') return [];
  const open =
    what === 'seen'
      ? trip.lines.filter((line) => line.seen === null && modeOf(line, trip) !== 'phone')
      : trip.lines.filter((line) => line.met.length === 0);
  // Whom one met and whom one called is asked apart.
  const [first] = open;
  return open.filter((line) => isCalled(line, trip) === (first !== undefined && isCalled(first, trip)));
}

/** Whether the question is about a call. */
function asksOfCall(frame: Frame, view: View, what: 'seen' | 'met'): boolean {
  const [first] = askedAbout(frame, view, what);
  return first !== undefined && isCalled(first, tripOf(frame, view));
}

/** 都见到了吗: one answer for all of whom nothing was said. */
export const tripSeenSlot: Slot = {
  id: 'seen',
  schema: z.enum(['yes', 'no', 'some']),
  ask: (frame, view) => {
    const lines = askedAbout(frame, view, 'seen');
    const isVideo = asksOfCall(frame, view, 'seen');
    const said = { child: namesOf(lines, view)[0] ?? '', children: plainNames(lines, view) };
    if (lines.length === 1) return say(isVideo ? 'record.ask-seen-video' : 'record.ask-seen', said);
    return say(isVideo ? 'trip.ask-seen-video' : 'trip.ask-seen', said);
  },
  choices: (frame, view) => {
    const isOne = askedAbout(frame, view, 'seen').length === 1;
    const yes = { code: 'yes', value: 'yes', label: say(isOne ? 'record.seen' : 'trip.all-seen') };
    return isOne
      ? [yes, { code: 'no', value: 'no', label: say('record.not-seen') }]
      : [yes, { code: 'some', value: 'some', label: say('trip.some-unseen') }];
  },
  read: (heard, frame, view) => {
    if (heard.mentions.length > 0) return undefined;
    const word = bareWord(heard.text);
    const isOne = askedAbout(frame, view, 'seen').length === 1;
    if (/^(都|全)?(见|看)(到|着)了?|^(是的?|对|嗯+|有的?|都在|yes)$/u.test(word)) return 'yes';
    if (/^(都|一个也|全)没(见|看)(到|着)|^(没有?|没在|不在|no)$/u.test(word)) return isOne ? 'no' : 'some';
    return /^(没有?(见|看)(到|着)|没都|不是都|有的没)/u.test(word) ? (isOne ? 'no' : 'some') : undefined;
  },
};

/** The children these words certainly name. */
export function namedIn(heard: Heard): string[] {
  const ids = heard.mentions.flatMap((m) => (m.certain ? m.candidates.map((c) => c.childId) : []));
  return [...new Set(ids)];
}

/** Who was met, once for all of whom it is not known. */
export const tripMetSlot: Slot = {
  ...metSlot,
  ask: (frame, view) =>
    say(asksOfCall(frame, view, 'met') ? 'trip.ask-spoke' : 'trip.ask-met', {
      children: plainNames(askedAbout(frame, view, 'met'), view),
    }),
  // Of children nobody saw the child itself is no answer.
  choices: (frame, view) =>
    metSlot.choices(
      askedAbout(frame, view, 'met').every(({ seen }) => seen === false)
        ? filled(frame, 'seen', false)
        : frame,
      view,
    ),
  read: (heard, frame, view) => (heard.mentions.length > 0 ? undefined : metSlot.read?.(heard, frame, view)),
};

/** 这几条好像已经记过. */
export const tripAgainSlot: Slot = {
  id: 'again',
  schema: z.string().max(120),
  ask: (frame, view) => {
    const trip = tripOf(frame, view);
    const { ids } = toldBefore(frame, view);
    const again = trip.lines.filter((line) => ids.includes(line.childId));
    const line = again.flatMap((one) => {
      const [child, on, mode] = [childOf(view, one.childId), dayOf(one, trip), modeOf(one, trip)];
      return child && on !== null && mode !== null ? [earlierLine(child, on, mode)] : [];
    });
    return say('told-twice.ask', { line });
  },
  choices: (frame, view) => [
    { code: SAME_RECORD, value: SAME_RECORD, label: say('told-twice.same') },
    { code: 'other', value: toldBefore(frame, view).key, label: say('told-twice.other') },
  ],
  read: (heard, frame, view) => readAgain(heard.text, toldBefore(frame, view).key),
};

/** 改一处: the day, the way, or one child. */
export const tripChangeSlot: Slot = {
  id: 'change',
  schema: z.string(),
  ask: ({ slots }) => say(slots.whose === undefined ? 'record.ask-change' : 'trip.ask-whose-day'),
  choices: (frame, view) => [
    ...(['on', 'mode'] as const)
      .filter(
        (line) =>
          frame.slots.whose === undefined &&
          tripOf(frame, view).lines.every((one) => one[line] === undefined),
      )
      .map((line) => ({ code: line, value: line, label: say(`record.line-${line}`) })),
    ...tripOf(frame, view).lines.map((line) => ({
      code: line.childId,
      value: line.childId,
      label: plain(childOf(view, line.childId)?.name ?? ''),
    })),
  ],
  read: (heard, frame, view) => {
    const [only, ...more] = namedIn(heard);
    const isThere = tripOf(frame, view).lines.some((line) => line.childId === only);
    return only !== undefined && more.length === 0 && isThere ? only : undefined;
  },
};

/** What of the child's line is to be said again. */
export const redoSlot: Slot = {
  id: 'redo',
  schema: z.enum(['on', 'mode', 'seen', 'met', 'note', 'remove']),
  ask: (frame, view) => say('trip.ask-redo', { child: childOf(view, frame.slots.part)?.name ?? '' }),
  choices: (frame, view) => {
    const trip = tripOf(frame, view);
    const isPhone = trip.lines.some((l) => l.childId === frame.slots.part && modeOf(l, trip) === 'phone');
    const lines = ['on', 'mode', ...(isPhone ? [] : ['seen']), 'met', 'note'];
    return [
      ...lines.map((line) => ({ code: line, value: line, label: say(`record.line-${line}`) })),
      { code: 'remove', value: 'remove', label: say('trip.leave-out') },
    ];
  },
};

/** One child's note, said anew. */
export const tripNoteSlot: Slot = {
  id: 'note',
  freeText: true,
  schema: z.string().max(2000).nullable(),
  ask: (frame, view) => say('record.ask-note', { child: childOf(view, frame.slots.part)?.name ?? '' }),
  choices: () => [{ code: 'skip', value: null, label: say('record.skip') }],
  read: (heard) => heard.text.trim().slice(0, 2000),
};
