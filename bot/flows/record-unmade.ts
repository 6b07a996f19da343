import { NOBODY } from '../../server/domain/attempt.ts';
import type { Heard } from '../dialog/event.ts';
import { emptied, filled } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { isKeptOutOf, sawTheChild } from './kept-out.ts';
import { NOT_MADE } from './record-slots.ts';
import { noted } from './record-words.ts';
import { isSlip, isUnmade } from './unmade-said.ts';

/** "小明没去成", "没打通" beside what was told before: no visit, and a call that reached nobody. */
export function notMadeAfterAll(heard: Heard, frame: Frame, id: string): Frame | undefined {
  const isVisitToo = id === 'record-visit';
  if (isSlip(heard, frame.slots.child)) return filled(frame, 'slip', true);
  const { child, seen } = frame.slots;

  const isNone = isUnmade(heard, child, isVisitToo ? 'visit' : 'call') && !isOfAnotherAdult(heard, frame, id);
  // 没回消息, after somebody was spoken with: who that was is asked, and nothing is taken back by itself.
  if (isNone && !isVisitToo && spokeWith(frame).length > 0 && /[没不]有?回/u.test(heard.text))
    return noted(emptied(frame, 'met', 'outcome'), heard);
  const isKeptOut = isVisitToo && seen !== true && !sawTheChild(heard) && isKeptOutOf(heard, child);
  if (!isNone && !isKeptOut) return undefined;
  return noted(filled(frame, 'met', [isVisitToo ? NOT_MADE : NOBODY]), heard);
}

/** 补录 and the like, and the first words say that nobody was let in: there is no visit to tell. */
export function isKeptOutUnnamed(heard: Heard, { slots }: Frame): boolean {
  return (
    slots.child === undefined &&
    heard.mentions.length > 0 &&
    isKeptOutOf(heard, heard.refusedBy?.[0]) &&
    !sawTheChild(heard)
  );
}

/** 爸爸没回消息, after the mother was spoken with: that call stands. */
function isOfAnotherAdult({ text }: Heard, frame: Frame, id: string): boolean {
  const others = spokeWith(frame);
  if (id === 'record-visit' || others.length === 0) return false;
  return /[爸妈爷奶]|外[公婆]/u.test(text) && others.every((who) => !text.includes(who.slice(0, 1)));
}

function spokeWith({ slots }: Frame): readonly string[] {
  const met = Array.isArray(slots.met) ? slots.met : [];
  return met.filter((who) => typeof who === 'string').filter((who) => who !== NOBODY);
}
