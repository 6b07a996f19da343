/** WeCom cuts a text silently after so many bytes (document 90236). */
export const TEXT_BYTES = 2_048;
/** Room for `（12/12）` and the mark that tells two messages apart. */
const SPARE_BYTES = 48;

const letters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * A text in parts that WeCom shows whole: cut at the end of a line or a sentence where there is one, never inside a
 * letter; numbered where there are several.
 */
export function partsOf(text: string, limit = TEXT_BYTES - SPARE_BYTES): readonly string[] {
  if (Buffer.byteLength(text) <= limit) return [text];
  const parts: string[] = [];
  for (let rest = text.trimEnd(); rest !== '';) {
    const cut = cutOf(rest, limit);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).replace(/^\n+/u, '');
  }
  return parts.map((part, n) => `${part}（${String(n + 1)}/${String(parts.length)}）`);
}

/** How many UTF-16 units of the text fit. */
function cutOf(text: string, limit: number): number {
  let [bytes, end, line, sentence] = [0, 0, 0, 0];
  for (const { segment, index } of letters.segment(text)) {
    const size = Buffer.byteLength(segment);
    if (bytes + size > limit) return worth(line, end) ?? worth(sentence, end) ?? Math.max(end, 1);
    bytes += size;
    end = index + segment.length;
    if (segment === '\n') line = end;
    else if (/[。！？；.!?;]/u.test(segment)) sentence = end;
  }
  return text.length;
}

/** A cut that would leave the part less than half full is not worth it. */
function worth(cut: number, end: number): number | null {
  return cut * 2 > end ? cut : null;
}
