export type Language = 'zh' | 'en';

/** A header longer than this is read up to here only; no browser sends more. */
const HEADER_LIMIT = 200;

/**
 * The language of a sentence for this reader (RFC 9110 §12.5.4): English where `Accept-Language` ranks it above
 * Chinese, Chinese otherwise and whenever the header says nothing we can use.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  const ranges = (acceptLanguage ?? '').slice(0, HEADER_LIMIT).split(',').map(rangeOf);
  const weightOf = (language: Language) =>
    Math.max(0, ...ranges.filter((range) => range.language === language).map((range) => range.weight));
  return weightOf('en') > weightOf('zh') ? 'en' : firstOf(ranges, weightOf('zh'));
}

interface Range {
  readonly language: string;
  readonly weight: number;
}

function rangeOf(text: string): Range {
  const [tag = '', ...parameters] = text.trim().toLowerCase().split(';');
  const quality = parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(p)?.[1]).find(Boolean);
  return { language: tag.split('-')[0]?.trim() ?? '', weight: quality === undefined ? 1 : Number(quality) };
}

/** Equal weights: the language named first, as browsers without weights mean it. */
function firstOf(ranges: readonly Range[], weight: number): Language {
  if (weight === 0) return 'zh';
  const first = ranges.find(
    (range) => range.weight === weight && (range.language === 'zh' || range.language === 'en'),
  );
  return first?.language === 'en' ? 'en' : 'zh';
}
