import type { ReportKind } from '../../server/domain/report/kinds.ts';
import type { Heard } from '../dialog/event.ts';

type Signal = Heard['signals'][number];

/** A grown-up who cannot or will not look after the child; not a child that nobody looks after. */
const CANNOT =
  /中风|瘫|卧床|下不了床|起不来|病倒|痴呆|糊涂|精神|神志|脑子|认不[得出]人|[管顾带]不了|[管顾带]不动|[照料]顾?不|没有?能力|没力气|去世|过世|病危|坐牢|被抓|抓走|入狱|判刑|进去了|关进去|戒毒|撒手|(?:完全|根本|从来|什么都|[也都])不管|不管不[问顾]/u;
const POISON = /农药|百草枯|洁厕|老鼠药/u;
const ACCIDENT =
  /中毒|触电|溺|落水|掉[到进]|摔|[车撞压砸]|[狗蛇]|被.{0,2}咬|骨折|断了|脱臼|抽[搐筋]|惊厥|高烧|烧了|烧伤|吐血|着火|起火|失火|[塌漏]/u;
/** Hurt, and nothing says how: that is asked. */
const HURT = /^(?:受了?伤|流血|昏迷|晕倒|晕过去|不省人事|叫不醒|没了?知觉)$/u;
const STARVED = /皮包骨|骨瘦如柴|营养不|肋骨|骨头/u;
const UNKNOWN_ORIGIN = /拐|人贩|卖|抱走|骗走|带走|接走|来历不明|来路|捡[来回]|送人|过继|[走跑]了?$/u;
const STRANGER = /^(?:陌生|不认识)/u;
const ADDICTED = /赌|酗酒|[喝烂]醉|醉酒|吸毒|毒[品瘾鬼]|白粉|冰毒/u;

/** What one phrase speaks of (the nine situations of the Opinion, art. 4, and the plan's triggers); null where that is open. */
function kindOf({ kind, quote }: Signal): ReportKind | null {
  switch (kind) {
    case 'sexual-harm':
      return 'sexual';
    case 'self-harm':
    case 'missing':
    case 'violence':
      return kind;
    case 'injury':
      if (POISON.test(quote)) return 'self-harm';
      if (ACCIDENT.test(quote)) return 'accident';
      return HURT.test(quote) ? null : 'violence';
    case 'malnutrition':
      return STARVED.test(quote) ? 'violence' : 'unattended';
    case 'unattended':
      return CANNOT.test(quote) ? 'no-guardian' : 'unattended';
    case 'trafficking':
      if (UNKNOWN_ORIGIN.test(quote)) return 'missing';
      return STRANGER.test(quote) ? 'other' : 'exploited';
    default:
      if (ADDICTED.test(quote)) return 'no-guardian';
      return ACCIDENT.test(quote) ? 'accident' : null;
  }
}

/** Of several the gravest counts: it decides who is called first, and never takes 110 away (our order). */
const GRAVEST_FIRST: readonly ReportKind[] = [
  'sexual',
  'self-harm',
  'missing',
  'exploited',
  'violence',
  'other',
  'accident',
  'no-guardian',
  'unattended',
];

/** The kind these words speak of, and the phrase that says so; it may be put right by whoever takes the report. */
export function kindIn(
  signals: readonly Signal[],
): { readonly kind: ReportKind; readonly quote: string } | null {
  const read = signals.flatMap((signal) => {
    const kind = kindOf(signal);
    return kind === null ? [] : [{ kind, quote: signal.quote }];
  });
  const [first] = GRAVEST_FIRST.flatMap((kind) => read.find((one) => one.kind === kind) ?? []);
  return first ?? null;
}
