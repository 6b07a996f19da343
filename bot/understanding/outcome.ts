/** Whether the sentence says in so many words that all is well; anything else is for the forced last question. */
export type Outcome = 'none' | null;

const ALL_WELL =
  /一切(?:都)?(?:很|挺|还)?(?:好|正常|安好|平安|顺利)|(?:都|全)(?:很|挺|蛮)?(?:好|正常)(?![几久多些差难严像奇])|没(?:有|什么|啥)?(?:大)?事(?!干|做|就|找|可|情|先|儿干|故|儿做)|(?:未|没|没有)(?:发现)?(?:任何|什么|明显)?(?:异常|问题)|无异常|状况良好|情况(?:都)?(?:良好|正常)/g;
const DOUBT =
  /但|不过|只是|就是(?!说)|可是|然而|除了|唯一|有点|有些|稍微|担心|不|没|未|无(?!异常)|问题|瘦|伤|哭|病|烧|疼|痛|差|少|怪|奇|难|缺|坏|危|怕|打(?!电话|了?个?电话|了?电话|视频|通)|骂|吵|希望|但愿|如果|应该|好像|可能|据|听说|说|讲|吗|[?]|是否|想|最好|假装/;

/** 'none' only for a plain all-well without any "but", negation, hearsay, worry or signal beside it. */
export function readOutcome(text: string, hasSignals: boolean, seen: boolean | null): Outcome {
  const rest = text.replace(ALL_WELL, '');
  if (rest === text || hasSignals || seen === false) return null;
  return DOUBT.test(rest) ? null : 'none';
}
