import type { FamilyAsk } from '../../server/domain/family/request.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';

/** One line of 家里人: since when, who, what they said. */
export function askLine(ask: FamilyAsk): Say {
  return say('family-asks.line', { at: ask.at, who: whoIs(ask), what: whatIs(ask) });
}

function whoIs({ name, children, relation, village, phone, noContact }: FamilyAsk): Say {
  if (name === '') return say('family-asks.who-unknown', { village });
  const names = children.map((child) => plain(child.name));
  const who = { name, children: names, relation: relation ?? '', village };
  if (noContact) return say('family-asks.who-no-contact', who);
  return phone === null ? say('family-asks.who-no-phone', who) : say('family-asks.who', { ...who, phone });
}

function whatIs(ask: FamilyAsk): Say {
  const { about, text } = ask;
  const first = leadOf(ask);
  const dated =
    about.on !== undefined && about.on !== null
      ? say('family-asks.on', { what: first, on: about.on })
      : about.day === undefined
        ? first
        : say('family-asks.day', { what: first, day: about.day });
  const cared =
    about.carer === undefined ? dated : say('family-asks.carer', { what: dated, carer: about.carer });
  return text === null ? cared : say('family-asks.said', { what: cared, text });
}

function leadOf({ kind, about }: FamilyAsk): Say {
  switch (kind) {
    case 'call-director':
      return say('family-asks.call-director');
    case 'call-above':
      return say('family-asks.call-above');
    case 'child-wrote':
      return say('family-asks.child-wrote');
    case 'leaving':
      return about.place === undefined
        ? say('family-asks.leaving')
        : say('family-asks.leaving-place', { place: about.place });
    case 'returning':
      return say('family-asks.returning');
    case 'phone':
      return say('family-asks.phone', { phone: about.phone ?? '' });
  }
}
