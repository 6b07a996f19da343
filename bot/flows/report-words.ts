import { REPORT_KINDS, type ReportKind } from '../../server/domain/report/kinds.ts';
import type { Heard } from '../dialog/event.ts';
import { bareWord } from '../dialog/words.ts';

/** A place or a name is short; longer words tell a story, and are kept as one. */
const NAME_LIMIT = 14;
const PLACE_LIMIT = 40;

/** 有, 没有, 不知道: the answer to a question of yes or no, and nothing else. */
export function yesNoIn(text: string): 'yes' | 'no' | 'unknown' | null {
  const word = bareWord(text);
  if (/^(?:还)?(?:不知道|不清楚|说不准|不确定|unknown|not sure)$/u.test(word)) return 'unknown';
  if (/^(?:没|没有|没有了|暂时没有|现在没有|不安全|no)$/u.test(word)) return 'no';
  return /^(?:有|有的|还有|现在有|安全|是|是的|yes)$/u.test(word) ? 'yes' : null;
}

/** 安全, 不安全. */
export function safeIn(text: string): 'yes' | 'no' | 'unknown' | null {
  const word = bareWord(text);
  if (/^(?:现在|这会儿|暂时)?(?:不安全|no)$/u.test(word)) return 'no';
  if (/^(?:现在|这会儿|暂时)?(?:安全|安全的|yes)$/u.test(word)) return 'yes';
  return yesNoIn(text) === 'unknown' ? 'unknown' : null;
}

/** 不会, 就我一个人看; 老伴也看: whether others read this telephone. What only may mean it is asked again. */
export function sharedIn(text: string): 'yes' | 'no' | null {
  const [first = null, ...more] = text
    .split(/[，,。、;；\s]+/u)
    .filter(Boolean)
    .map(sharedSaid);
  return more.every((answer) => answer === first) ? first : null;
}

function sharedSaid(text: string): 'yes' | 'no' | null {
  const word = bareWord(text).replace(/[啊呀的呢啦吧嘛]+$/u, '');
  if (
    /^(?:不会?|不看|没有?(?:人看)?|没人(?:会)?看|别人(?:都)?(?:不会?|没)看|(?:就|只)(?:有|是)?我(?:自己|一个人?)?(?:会)?(?:看|用|在用|在看)?|我(?:自己|一个人)(?:看|用|在用)|no|only me)$/u.test(
      word,
    )
  )
    return 'no';
  return /^(?:会|有|是|也看|都看|会看|(?:别人|家里人|老伴|老头子|老公|老婆|儿子|媳妇|孙子|孩子|他爸|他爷爷|大家|我们)(?:也|都|会|有时|经常|常)*(?:看|用)|(?:几个人|一家人|全家|大家)(?:一起|都|共)?用|yes|others too)$/u.test(
    word,
  )
    ? 'yes'
    : null;
}

/** A child nobody has on a list, in a few words. */
export function isName(heard: Heard): boolean {
  return heard.signals.length === 0 && bareWord(heard.text).length <= NAME_LIMIT;
}

/** A place in a few words. */
export function isPlace(heard: Heard): boolean {
  return heard.signals.length === 0 && bareWord(heard.text).length <= PLACE_LIMIT;
}

/** A kind typed as its button reads. */
export function kindNamed(text: string): ReportKind | null {
  const word = bareWord(text);
  return REPORT_KINDS.find((kind) => KIND_WORDS[kind].test(word)) ?? null;
}

const KIND_WORDS: Readonly<Record<ReportKind, RegExp>> = {
  violence: /^(?:被打|挨打|被虐待|家暴|打)/u,
  sexual: /^性侵/u,
  missing: /^(?:不见了|失踪|被带走|找不到)/u,
  unattended: /^(?:没人管|一个人住)/u,
  'self-harm': /^(?:不想活|伤自己|自伤|自杀)/u,
  accident: /^(?:受伤|出事故|意外)/u,
  'no-guardian': /^大人管不了/u,
  exploited: /^(?:被逼|讨钱|干活)/u,
  other: /^别的危险/u,
};
