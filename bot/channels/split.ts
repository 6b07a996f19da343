const letters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** How much of a platform's limit a piece of text takes up. */
export type SizeOf = (text: string) => number;

/**
 * A text in parts that a platform shows whole: cut at the end of a line or a sentence where there is one, never inside a
 * letter that fits into a part; numbered where there are several. The numbers stand outside the limit: it leaves room for them.
 */
export function partsWithin(text: string, limit: number, sizeOf: SizeOf): readonly string[] {
  if (sizeOf(text) <= limit) return [text];
  const parts: string[] = [];
  for (let rest = text.trimEnd(); rest !== '';) {
    const cut = cutOf(rest, limit, sizeOf);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).replace(/^\n+/u, '');
  }
  return parts.map((part, n) => `${part}（${String(n + 1)}/${String(parts.length)}）`);
}

/** How many UTF-16 units of the text fit. */
function cutOf(text: string, limit: number, sizeOf: SizeOf): number {
  let [taken, end, line, sentence] = [0, 0, 0, 0];
  for (const { segment, index } of letters.segment(text)) {
    const size = sizeOf(segment);
    if (taken + size > limit) {
      if (end === 0) return cutInside(segment, limit, sizeOf);
      return worth(line, end) ?? worth(sentence, end) ?? end;
    }
    taken += size;
    end = index + segment.length;
    if (segment === '\n') line = end;
    else if (/[。！？；.!?;]/u.test(segment)) sentence = end;
  }
  return text.length;
}

/** A letter with so many marks on it that it fits into no part is cut all the same: between two signs, and as late as it fits. */
function cutInside(segment: string, limit: number, sizeOf: SizeOf): number {
  let [taken, end] = [0, 0];
  for (const sign of segment) {
    taken += sizeOf(sign);
    if (end > 0 && taken > limit) return end;
    end += sign.length;
  }
  return end;
}

/** A cut that would leave the part less than half full is not worth it. */
function worth(cut: number, end: number): number | null {
  return cut * 2 > end ? cut : null;
}
