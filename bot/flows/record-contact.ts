import { CONTACT_MODES } from '../../server/domain/cadence/child-facts.ts';
import { childSlot, modeSlot } from './record-slots.ts';
import { recordFlow } from './record-flow.ts';

/** 联系: by phone, by video or met on the road; never a visit. */
export const recordContact = recordFlow({
  id: 'record-contact',
  child: childSlot('record-contact.ask-child'),
  mode: modeSlot('record-contact.ask-mode', CONTACT_MODES),
  modes: CONTACT_MODES,
});
