import { VISIT_MODES } from '../../server/domain/cadence/child-facts.ts';
import { modeSlot } from './record-slots.ts';
import { recordFlow } from './record-flow.ts';
import { listedChildSlot } from './unlisted.ts';

/** 走访: worker and family in one place, at home or at school. */
export const recordVisit = recordFlow({
  id: 'record-visit',
  child: listedChildSlot('record-visit.ask-child'),
  mode: modeSlot('record-visit.ask-mode', VISIT_MODES),
  modes: VISIT_MODES,
});
