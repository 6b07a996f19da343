import { childSlot, modeSlot } from './record-slots.ts';
import { recordFlow } from './record-flow.ts';

/** 联系: by phone or video; never a visit. */
export const recordContact = recordFlow({
  id: 'record-contact',
  child: childSlot('record-contact.ask-child'),
  mode: modeSlot('record-contact.ask-mode', ['phone', 'video']),
  modes: ['phone', 'video'],
});
