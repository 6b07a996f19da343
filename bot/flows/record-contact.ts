import { CONTACT_MODES } from '../../server/domain/cadence/child-facts.ts';
import { modeSlot } from './record-slots.ts';
import { recordFlow } from './record-flow.ts';
import { listedChildSlot } from './unlisted.ts';

/** 联系: by phone, by video or met on the road; never a visit. */
export const recordContact = recordFlow({
  id: 'record-contact',
  child: listedChildSlot('record-contact.ask-child'),
  mode: modeSlot('record-contact.ask-mode', CONTACT_MODES),
  modes: CONTACT_MODES,
});
