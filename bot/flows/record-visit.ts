import { childSlot, modeSlot } from './record-slots.ts';
import { recordFlow } from './record-flow.ts';

/** 走访: worker and family in one place, at home or at school. */
export const recordVisit = recordFlow({
  id: 'record-visit',
  child: childSlot('record-visit.ask-child'),
  mode: modeSlot('record-visit.ask-mode', ['home', 'school']),
  modes: ['home', 'school'],
});
