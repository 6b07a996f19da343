import { tellsWorry } from './tells-worry.ts';

/** What is no danger by itself, and nothing to be passed over when it is told of a child: 打架, 逃学, 发烧, 住院. */
const TROUBLE =
  /打架|打起来|动手|吵架|欺负|骂人|偷|逃学|逃课|旷课|没(?:去|来)(?:上学|学校|上课)|不(?:想|肯|愿意?)(?:去)?(?:读书|上学|上课)|辍学|退学|打工|离家|抽烟|喝酒|网吧|赌|摔|受伤|伤|烫|生病|病了|发烧|住院|晕|吐|哭|不吃饭|没(?:人)?(?:煮)?饭|水库|河边|游泳|骑摩托|一个人|没人(?:管|带|照顾)|被(?:关|赶|罚)/u;

/** Whether these words tell of some trouble of a child that somebody may want to come back to. */
export function tellsTrouble(words: string): boolean {
  return tellsWorry(words) || TROUBLE.test(words);
}
