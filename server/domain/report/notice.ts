import { ageOn, shanghaiDate, type LocalDate } from '../local-date.ts';
import { say, type Say } from '../say.ts';
import type { ReportAnswers, YesNo } from './answers.ts';
import type { ReportKind } from './kinds.ts';
import { NoticeRoom } from './notice-room.ts';
import { storyWithin } from './notice-story.ts';

/** Those who get a notice to read, each with no more than they need. */
export const NOTICE_RECEIVERS = ['police', 'civil-affairs', 'education'] as const;
export type NoticeReceiver = (typeof NOTICE_RECEIVERS)[number];

/** The child as the roster knows it. */
export interface NoticeChild {
  readonly name: string;
  readonly sex: 'male' | 'female' | null;
  readonly bornOn: LocalDate | null;
  readonly village: string | null;
  readonly address: string | null;
  readonly school: string | null;
}

/** What notices are written from; each of them takes a part of it. */
export interface NoticeFacts {
  readonly number: string;
  readonly openedAt: string;
  readonly kind: ReportKind | null;
  readonly answers: Pick<ReportAnswers, 'childSaid' | 'place' | 'dangerNow' | 'childSafe'>;
  readonly words: readonly { readonly at: string; readonly text: string }[];
  /** Null where the child stands on no roster; the reporter's own words for it are in the answers. */
  readonly child: NoticeChild | null;
  readonly reporter: {
    readonly name: string | null;
    readonly phone: string | null;
    readonly role: 'director' | 'supervisor' | 'deputy' | 'county-desk' | 'guardian' | 'carer' | 'stranger';
  };
  /** Who took the report; null while nobody has. */
  readonly taker: {
    readonly name: string;
    readonly phone: string | null;
    readonly unit: string | null;
  } | null;
}

/** Longest notice in characters (our default: one screen, and one long message of any messenger). */
export const NOTICE_LIMIT = 400;

/** The words of each notice without what is filled in, in the longer language; tests hold them to it. */
const OWN_WORDS: Readonly<Record<NoticeReceiver, number>> = {
  police: 215,
  'civil-affairs': 265,
  education: 205,
};

/** Situations that stand in no notice but the one to the police (domain rules §9: sealed). */
const SEALED: ReadonlySet<ReportKind | null> = new Set<ReportKind>(['sexual', 'self-harm']);
/** What is the matter at home is none of the school's business. */
const NOT_FOR_SCHOOL: ReadonlySet<ReportKind | null> = new Set([...SEALED, 'no-guardian']);

/**
 * The notice to one receiver. Only the police read who reported and what was said: their words may name the reporter,
 * and others need a task, not a story (domain rules §5.6). What is not known is said to be unknown.
 */
export function noticeFor(receiver: NoticeReceiver, facts: NoticeFacts): Say {
  const room = new NoticeRoom(NOTICE_LIMIT - OWN_WORDS[receiver] - facts.number.length);
  if (receiver === 'police') return toPolice(facts, room);
  return receiver === 'civil-affairs' ? toCivilAffairs(facts, room) : toEducation(facts, room);
}

function toPolice(facts: NoticeFacts, room: NoticeRoom): Say {
  const { number, openedAt, child, reporter, answers } = facts;
  const values = {
    number,
    at: openedAt,
    kind: kindOf(facts.kind),
    child: childOf(child, room, { sex: sexOf(child), born: child?.bornOn ?? say('report-notice.unknown') }),
    taker: takerOf(facts, room),
    reporter: room.place(reporter.name),
    reporterPhone: room.place(reporter.phone),
    role: say(`role.${reporter.role}`),
    home: homeOf(child, room),
    place: room.place(answers.place),
    danger: yesNo(answers.dangerNow),
    safe: yesNo(answers.childSafe),
  };
  const said =
    child === null && answers.childSaid !== null ? [{ at: openedAt, text: answers.childSaid }] : [];
  return say('report-notice.police', { ...values, story: storyWithin([...said, ...facts.words], room) });
}

function toCivilAffairs(facts: NoticeFacts, room: NoticeRoom): Say {
  const { number, openedAt, kind, child, answers } = facts;
  return say('report-notice.civil-affairs', {
    number,
    at: openedAt,
    kind: SEALED.has(kind) ? say('report-notice.by-phone') : kindOf(kind),
    child: childOf(child, room, { sex: sexOf(child), age: ageOf(child, openedAt) }),
    taker: takerOf(facts, room),
    home: homeOf(child, room),
    // Where the roster knows a home, the reporter's own words for the place are not needed, and may show who they are.
    place: room.place(child === null ? answers.place : null),
    guardian: say(
      kind === 'no-guardian' || kind === 'unattended'
        ? `report-notice.guardian-${kind}`
        : 'report-notice.unknown',
    ),
    safe: yesNo(answers.childSafe),
    needed: say(`report-notice.needed-${kind === null || SEALED.has(kind) ? 'other' : kind}`),
  });
}

function toEducation(facts: NoticeFacts, room: NoticeRoom): Say {
  const { number, openedAt, kind, child } = facts;
  return say('report-notice.education', {
    number,
    at: openedAt,
    kind: NOT_FOR_SCHOOL.has(kind) ? say('report-notice.by-phone') : kindOf(kind),
    child: childOf(child, room, { age: ageOf(child, openedAt) }),
    taker: takerOf(facts, room),
    school: room.place(child?.school ?? null),
  });
}

/** What is unknown of a child is said once, not field by field: whoever is called reads it aloud. */
function childOf(
  child: NoticeChild | null,
  room: NoticeRoom,
  further: Readonly<Record<string, Say | string>>,
): Say {
  if (child === null) return room.place(null);
  const name = room.place(child.name);
  const parts = Object.keys(further).join('-');
  return say(`report-notice.child-${parts}`, { name, ...further });
}

function homeOf(child: NoticeChild | null, room: NoticeRoom): Say {
  if (child === null || (child.village === null && child.address === null)) return room.place(null);
  return say('report-notice.home', {
    village: room.place(child.village),
    address: room.place(child.address),
  });
}

function takerOf({ taker }: NoticeFacts, room: NoticeRoom): Say {
  if (taker === null) return room.place(null);
  const who = { name: room.place(taker.name), phone: room.place(taker.phone) };
  return taker.unit === null
    ? say('report-notice.taker', who)
    : say('report-notice.taker-unit', { ...who, unit: room.place(taker.unit) });
}

function kindOf(kind: ReportKind | null): Say {
  return kind === null ? say('report-notice.unknown') : say(`report-notice.kind-${kind}`);
}

function sexOf(child: NoticeChild | null): Say {
  return child?.sex ? say(`report-notice.${child.sex}`) : say('report-notice.unknown');
}

function yesNo(answer: YesNo | null): Say {
  return answer === 'yes' || answer === 'no' ? say(`report-notice.${answer}`) : say('report-notice.unknown');
}

/** Whole years on the day of the report. */
function ageOf(child: NoticeChild | null, openedAt: string): Say {
  if (!child?.bornOn) return say('report-notice.unknown');
  return say('report-notice.age', { age: ageOn(child.bornOn, shanghaiDate(new Date(openedAt))) });
}
