import { CHILD_ITSELF } from '../../server/domain/attempt.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { metList, slotsOf } from './record-slots.ts';

/** "奶奶在" while the day is asked: it is said that this was heard, before the question stands there again. */
export function tookUp(before: Frame, after: Frame, view: View): Say | null {
  if (after.asking === 'outcome') return null;
  const isNew = (id: string): boolean => JSON.stringify(before.slots[id]) !== JSON.stringify(after.slots[id]);
  const { on, mode, met, seen } = slotsOf(after, view);
  const others = (met ?? []).filter((who) => who !== CHILD_ITSELF);
  const parts = [
    ...(on !== null && (isNew('on') || isNew('assumed')) ? [say('record.day-said', { on })] : []),
    ...(mode !== null && isNew('mode') ? [say(`mode.${mode}`)] : []),
    ...(others.length > 0 && isNew('met') ? [say('record.met-said', { met: metList(others) })] : []),
    ...(seen !== null && isNew('seen') ? [say(seen ? 'record.child-seen' : 'record.child-not-seen')] : []),
  ];
  return parts.length === 0 ? null : say('record.took-up', { parts });
}
