import { NAME_MARK } from './normalise.ts';

const ROW = `(?:${NAME_MARK}+(?:家里?)?(?:[和跟与、 ]|还有)*)+`;
const OUT_OF_IT =
  '(?:那[里边]|他们?家?|她们?家?|这[个家]|一[个家]|以外|之外|外|没(?:有)?(?:去|看|走|到|打|联系)成?了?|[, ])*';
const THE_OTHERS =
  '(?:其他|其它|其余|别的|剩下|另外|旁的)?(?:[的人家户]|孩子|小孩|[一二两三四五六七八九十几]个)*';
const WHEN = '(?:我们?|[今昨前]天|[上中下]午|已经|也|基本|差不多|[, ])*';
const CALLED = '(?:打|联系|通了?电话|视频)';
const WENT = '(?:去|走|跑|转|到(?!场|齐)|访|走访|家访|入户|上门|看(?!到|见|着))';
const SAW = '(?:(?:见|碰|遇)(?:到|见|着|了)|看(?:到|见|着))';
const ALL_BUT = new RegExp(
  `除(?:了|开|去)?(${ROW})${OUT_OF_IT}${THE_OTHERS}${WHEN}(?:都|全部?)${WHEN}(?:(${CALLED})|(${SAW})|${WENT})`,
  'u',
);

const CALLED_ALL = '(?:打[了过]?(?:个|一?遍)?(?:电话|视频)|联系|通了?电话|视频)';
/** 五家都打了电话,就俊辉家没接: the others first, and then the one. */
const ALL_FIRST = new RegExp(
  `(?:都|全部?)${WHEN}(?:(${CALLED_ALL})|(${SAW})|${WENT})[^。;!?没不${NAME_MARK}]{0,8}[, ]+(?:但是?|可是?)?(?:就是?|只有|就剩|只剩)(${ROW})(?:[^,。]{0,4}(?:没|不|关机|停机|锁))`,
  'u',
);

interface AllBut {
  readonly start: number;
  readonly end: number;
  readonly by: 'visit' | 'call' | 'seen';
}

/** "除了辉辉,都走了一遍": the place of the names nobody came to, and how the others were met. Null where nothing of the kind is said. */
export function allBut(masked: string): AllBut | null {
  const hit = ALL_BUT.exec(masked);
  const first = hit === null ? ALL_FIRST.exec(masked) : null;
  const [, row, called, saw] = hit ?? (first && [first[0], first[3], first[1], first[2]]) ?? [];
  const whole = hit ?? first;
  if (whole === null || row === undefined) return null;
  const start = whole.index + whole[0].lastIndexOf(row);
  return {
    start,
    end: start + row.length,
    by: called !== undefined ? 'call' : saw !== undefined ? 'seen' : 'visit',
  };
}
