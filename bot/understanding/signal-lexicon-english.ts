import { words, type DangerWords } from './signal-words.ts';

const CHILD =
  '(?:me|him|her|them|us|(?:my|the|our|his|her|a) (?:son|daughter|child|children|kids?|boy|girl|baby|grandson|granddaughter|grandchild))';

/** What families who chose English write of danger: the plainest words only, and in doubt a question is asked. */
export const ENGLISH_WORDS: readonly DangerWords[] = [
  words(
    'violence',
    `\\b(?:beats?|beating|beaten|hits?|hitting|kick(?:s|ed|ing)|hurt(?:s|ing)?|abus(?:es|ed|ing)|chok(?:es|ed|ing)) (?:up )?${CHILD}\\b|\\b(?:being|was|is|got) (?:beaten|abused)\\b`,
    true,
  ),
  words('sexual-harm', '\\b(?:raped?|raping|molest(?:s|ed|ing)|sexually)\\b', true),
  words('self-harm', '\\b(?:suicid(?:e|al)|kill (?:my|him|her)self|wants? to die)\\b', true),
  words(
    'missing',
    `\\b${CHILD} (?:is|are|has been|went|has gone) missing\\b|\\b(?:cannot|can't|can not) find ${CHILD}\\b|\\bran away\\b|\\bkidnapped\\b`,
    true,
  ),
  words('injury', '\\b(?:bleeding|unconscious|drown(?:ed|ing)|poisoned)\\b', true),
];
